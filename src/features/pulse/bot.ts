import { type Actor, allow } from "../../kernel/actor.ts";
import type { BotCommand, Reply } from "../../kernel/bot.ts";
import { presentCard } from "./cards.ts";
import { takesAnswers } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { resultCard } from "./result-card.ts";
import { loadViews } from "./views.ts";

const own = ["pulse", "survey"] as const;

/**
 * What people can type about the pulse. The same words give everybody their own card, and leads besides what their own
 * command of that name does.
 * @param forLeads leads' commands; those of another name stay as they are
 */
export function pulseCommands(deps: PulseDeps, forLeads: readonly BotCommand[]): BotCommand[] {
  const ofLeads = forLeads.filter(({ words }) => own.some((word) => words.includes(word)));
  return [
    {
      words: own,
      help: "your card of the survey about work, or its results once they are shared; for leads, how it stands",
      allow: allow.everyone,
      async handle(actor, rest) {
        const card = await ownCard(deps, actor);
        const leads = ofLeads.find((command) => command.allow(actor));
        if (leads !== undefined) return [...(await leads.handle(actor, rest)), ...card];
        return card.length > 0 ? card : [{ kind: "text", text: "No survey is open for you at the moment." }];
      },
    },
    ...forLeads.filter((command) => !ofLeads.includes(command)),
  ];
}

/**
 * The card of the open wave as things stand, as an answer in the chat: sending it anew would leave a row that says that
 * somebody hadn't taken part yet. While none is open, the last results that were shared with them, whose own card may
 * have to wait for its week. None for those who aren't asked.
 */
async function ownCard(deps: PulseDeps, actor: Actor): Promise<Reply[]> {
  const read = deps.store.read(actor.network);
  const [wave] = await read.pulse.page({ limit: 1, after: null });
  if (wave === undefined) return [];
  const isOpen = takesAnswers(wave, deps.clock.now());
  if (!isOpen && wave.sharedAt === null) return [];
  const [delivery] = await read.deliveries.toPerson(wave.id, "pulse", actor.person);
  if (delivery === undefined) return [];
  const view = (await loadViews(deps, actor.network, [{ ...delivery, channel: "teams" }])).get(delivery.id);
  if (view === undefined || !view.isTheirs) return [];
  if (isOpen) return [{ kind: "card", card: presentCard(deps.templates, view) }];
  const { results } = view;
  return results === null ? [] : [{ kind: "card", card: resultCard(deps.templates, { ...view, results }) }];
}
