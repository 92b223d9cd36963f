import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { type BotCommand, type CardVerb, cardVerb, type Reply } from "../../kernel/bot.ts";
import { asId, type DeliveryId, type WaveId } from "../../kernel/ids.ts";
import { dateIn } from "../../kernel/time.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { publishChange } from "./changes.ts";
import { closeWave } from "./closing.ts";
import { readSettings } from "./deps.ts";
import { changeForm, confirmCard, leadCard, supportLinesCard } from "./lead-cards.ts";
import { loadLeadView } from "./lead-views.ts";
import { takesAnswers, type Wave } from "./model.ts";
import { obstacleInWords, openWave } from "./opening.ts";
import type { PulseDeps } from "./ports.ts";
import { shareWave } from "./sharing.ts";
import { linesToCheck } from "./support.ts";

const nothing = z.looseObject({});
const onWave = z.looseObject({ wave: z.uuid().transform((text) => asId<WaveId>(text)), confirmed: z.string().default("") });
const writing = onWave.extend({ text: z.string().default("") });

type OnWave = z.infer<typeof onWave>;

/** "pulse": what a lead of the whole network can know and do. */
export function pulseLeadCommands(deps: PulseDeps): BotCommand[] {
  return [
    {
      words: ["pulse", "survey"],
      help: "the survey: how it stands, and what you can do about it",
      allow: allow.networkLeads,
      handle: async (actor) => [await present(deps, actor)],
    },
  ];
}

/** The buttons of a lead's cards about the pulse. */
export function pulseLeadVerbs(deps: PulseDeps): CardVerb[] {
  const byLeads = { allow: allow.networkLeads };
  const aboutWave = (verb: string, handle: (actor: Actor, wave: Wave, data: OnWave) => Promise<Reply>) =>
    cardVerb<OnWave>({ ...byLeads, verb, data: onWave, handle: (actor, data) => withWave(deps, actor, data.wave, (wave) => handle(actor, wave, data)) });
  return [
    cardVerb<z.infer<typeof nothing>>({ ...byLeads, verb: "pulse.state", data: nothing, handle: (actor) => present(deps, actor) }),
    cardVerb<z.infer<typeof nothing>>({
      ...byLeads,
      verb: "pulse.openWave",
      data: nothing,
      async handle(actor) {
        const opened = await openWave(deps, actor.network, actor);
        return opened.ok ? present(deps, actor) : refused(obstacleInWords(opened));
      },
    }),
    aboutWave("pulse.closeWave", (actor, wave, { confirmed }) => close(deps, actor, wave, confirmed === "yes")),
    aboutWave("pulse.giveUp", (actor, wave, { confirmed }) => giveUp(deps, actor, wave, confirmed === "yes")),
    aboutWave("pulse.share", async (actor, wave) => {
      const shared = await shareWave(deps, actor, wave.id);
      return shared.ok ? present(deps, actor) : refused("This survey isn't closed yet. Its results can be shared once it is.");
    }),
    aboutWave("pulse.writeChange", async (actor, wave) => {
      if (wave.sharedAt === null) return refused(notShared);
      return { kind: "card", card: changeForm(deps.templates, await networkOf(deps, actor), wave.id, null) };
    }),
    cardVerb<z.infer<typeof writing>>({
      ...byLeads,
      verb: "pulse.publishChange",
      data: writing,
      handle: (actor, data) => withWave(deps, actor, data.wave, (wave) => publish(deps, actor, wave, data.text)),
    }),
  ];
}

const notShared = "The results of this survey haven't been shared yet. Share them first, then say what changed.";

function refused(text: string): Reply {
  return { kind: "refused", text };
}

async function present(deps: PulseDeps, actor: Actor): Promise<Reply> {
  return { kind: "card", card: leadCard(deps.templates, await loadLeadView(deps, actor)) };
}

async function networkOf(deps: PulseDeps, { network }: Actor): Promise<string> {
  return deps.store.read(network).roster.networkName();
}

async function withWave(deps: PulseDeps, actor: Actor, id: WaveId, then: (wave: Wave) => Promise<Reply>): Promise<Reply> {
  const wave = await deps.store.read(actor.network).pulse.byId(id);
  return wave === null ? refused("This card was meant for somebody else, so it does nothing here.") : then(wave);
}

async function close(deps: PulseDeps, actor: Actor, wave: Wave, isConfirmed: boolean): Promise<Reply> {
  if (!isConfirmed && takesAnswers(wave, deps.clock.now())) {
    const question = {
      title: "Close the survey now?",
      text: "Closing is final: nobody can answer afterwards, and it can't be opened again. Left alone, it closes by itself.",
      button: "Close it for good",
      verb: "pulse.closeWave",
      wave: wave.id,
    };
    return { kind: "card", card: confirmCard(deps.templates, await networkOf(deps, actor), question) };
  }
  await closeWave(deps, actor.network, actor, wave.id);
  // Where the key is missing, the card says what can be done.
  return present(deps, actor);
}

async function giveUp(deps: PulseDeps, actor: Actor, wave: Wave, isConfirmed: boolean): Promise<Reply> {
  if (!isConfirmed && wave.closedAt === null) {
    const question = {
      title: "Give the survey up?",
      text: "Its answers are lost then, even if the key should be found later. Those who were asked are told once you share it.",
      button: "Give it up for good",
      verb: "pulse.giveUp",
      wave: wave.id,
    };
    return { kind: "card", card: confirmCard(deps.templates, await networkOf(deps, actor), question) };
  }
  const closed = await closeWave(deps, actor.network, actor, wave.id, true);
  if (closed.ok || closed.why !== "key-there") return present(deps, actor);
  return refused("The key to the answers is there, so there is nothing to give up. Write “pulse” to see how the survey stands.");
}

async function publish(deps: PulseDeps, actor: Actor, wave: Wave, text: string): Promise<Reply> {
  const published = await publishChange(deps, actor, wave.id, text);
  if (published.ok) return present(deps, actor);
  if (published.why !== "invalid") return refused(notShared);
  const typed = { text, error: published.message };
  return { kind: "card", card: changeForm(deps.templates, await networkOf(deps, actor), wave.id, typed) };
}

/** The card that asks those who run the network to check its support lines. */
export function supportLinesCardSource(deps: PulseDeps): CardSource {
  return {
    purpose: "support-lines",
    async render(network, deliveries, moment) {
      const read = deps.store.read(network);
      const settings = await readSettings(read.settings);
      const now = deps.clock.now();
      const lines = linesToCheck(settings, dateIn(settings.zone, now));
      const name = await read.roster.networkName();
      const people = await read.roster.peopleByIds(deliveries.map(({ recipient }) => recipient));
      const contents = new Map<DeliveryId, Content>();
      for (const { id, recipient } of deliveries) {
        const role = people.get(recipient)?.role;
        const isTheirs = role === "admin" || role === "lead";
        if (moment === "send" && (lines.length === 0 || !isTheirs)) {
          const reason = isTheirs ? "The support lines have been checked since." : "They don't run the network any more.";
          contents.set(id, { kind: "skip", reason });
          continue;
        }
        const link = {
          subject: "Please check the support lines",
          lines: ["Some of the support lines that the survey shows haven't been checked for more than 12 months, or never."],
          button: "See which",
          from: null,
          network: name,
          seenBy: "Only those who run the network get this.",
          until: now.add(linkHours),
        };
        contents.set(id, { kind: "card", card: supportLinesCard(deps.templates, name, lines), notification: link.subject, link });
      }
      return contents;
    },
  };
}

const linkHours = { hours: 28 * 24 };
