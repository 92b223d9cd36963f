import type { z } from "zod";
import { withoutTab } from "../../kernel/card-layouts.ts";
import type { LinkResult } from "../../kernel/link-http.ts";
import { pressButton, type Pressed } from "../../kernel/press.ts";
import { dateIn } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { awayUntil, rosterZone } from "../roster/model.ts";
import { actorBy, admit, checkGood, recognise, type Refusal, type Visit } from "./admission.ts";
import type { LinkedCard, OpenedLink, PressAnswer, SayAnswer, SayBody } from "./contract.ts";
import type { LinkDeps } from "./ports.ts";

type Refused = Exclude<LinkResult<never>, { kind: "ok" }>;

/** What somebody is told whose link opens nothing. */
export function refusal(refused: Refusal): Refused {
  switch (refused.why) {
    case "wrong":
      return { kind: "problem", status: 401, detail: "This isn't a link of ours. Open the one in your e-mail again, or copy the whole of it." };
    case "gone":
      return { kind: "problem", status: 410, detail: "This link no longer works. If a card should be open for you, ask whoever runs your network." };
    case "over":
      return {
        kind: "problem",
        status: 410,
        detail: "This link is over: its time has passed, it was ended, or a newer one has taken its place.",
        offers: refused.byTime ? ["renew", "start"] : ["renew"],
      };
    case "busy":
      return { kind: "problem", status: 429, detail: "That was a lot at once. Wait a minute, then try again." };
  }
}

/** What a link shows: its card as it stands, and those that follow from it. Changes nothing, however often it is opened. */
export async function openLink(deps: LinkDeps, token: string): Promise<LinkResult<OpenedLink>> {
  const admission = await admit(deps, token);
  if (!admission.ok) return refusal(admission);
  const { visit } = admission;
  const cards = await cardsOf(deps, visit, [visit.delivery, ...visit.followUps]);
  if (cards.length === 0) return refusal({ ok: false, why: "over", byTime: true });
  const network = await deps.store.read(visit.network).roster.networkName();
  const stopped = visit.person.stoppedAt !== null;
  const away = awayUntil(visit.person, dateIn(rosterZone, deps.clock.now()))?.toString() ?? null;
  return { kind: "ok", body: { person: visit.actor.name, network, stopped, awayUntil: away, cards } };
}

/** Presses a button of the card whose token this is, as Teams would. */
export async function pressByLink(deps: LinkDeps, token: string, button: Pressed): Promise<LinkResult<PressAnswer>> {
  const admission = await admit(deps, token);
  if (!admission.ok) return refusal(admission);
  const { visit } = admission;
  if (!isOfCard(deps, visit, button)) {
    return { kind: "problem", status: 403, detail: "This link opens another card, so nothing was changed." };
  }
  const result = await pressButton(deps.app(), visit.actor, button);
  if (result === null) {
    return { kind: "problem", status: 409, detail: "This button isn't known any more. Open the link again." };
  }
  const { reply } = result;
  const after = await admit(deps, token);
  const more = after.ok ? await cardsOf(deps, after.visit, after.visit.followUps) : [];
  return {
    kind: "ok",
    body: {
      reply: reply.kind === "card" ? { ...reply, card: { ...withoutTab(reply.card) } } : { kind: reply.kind === "text" ? "message" : "refused", text: reply.text },
      more,
    },
  };
}

/** True for a button about the very card that the token is for; data that can't be read is left to the verb to refuse. */
function isOfCard(deps: LinkDeps, { card }: Visit, { verb: name, data }: Pressed): boolean {
  const verb = deps.app().verbs.get(name);
  if (verb === undefined) return true;
  if (verb.about === undefined) return false;
  const parsed = verb.data.safeParse(data);
  if (!parsed.success) return true;
  const about = verb.about(data);
  return about === card.id || about === card.subject;
}

/**
 * The few commands that a link offers: no more messages, messages again, and back before the day that was given. Somebody
 * who said stop gets no new link, so "start" works by one whose time is over.
 */
export async function sayByLink(
  deps: LinkDeps,
  token: string,
  { text }: z.infer<typeof SayBody>,
): Promise<LinkResult<SayAnswer>> {
  const recognition = await recognise(deps, token);
  if (!recognition.ok) return refusal(recognition);
  const { holder } = recognition;
  const fault = checkGood(holder, deps.clock.now());
  if (fault !== null && !(text === "start" && fault.why === "over" && fault.byTime)) return refusal(fault);
  const actor = await actorBy(deps, holder);
  const app = deps.app();
  const command = app.commands.find((one) => one.byLink === true && one.words.includes(text));
  if (command === undefined || !command.allow(actor)) {
    return { kind: "problem", status: 403, detail: "This can't be done by a link." };
  }
  await command.handle(actor, "");
  await app.acted(actor, { name: command.words[0], allow: command.allow, outcome: "done" });
  const person = (await deps.store.read(holder.network).roster.person(holder.person.id)) ?? holder.person;
  const stopped = person.stoppedAt !== null;
  const away = awayUntil(person, dateIn(rosterZone, deps.clock.now()));
  return { kind: "ok", body: { text: inWords(text, stopped, away !== null), stopped, awayUntil: away?.toString() ?? null } };
}

function inWords(said: z.infer<typeof SayBody>["text"], stopped: boolean, isAway: boolean): string {
  const back = said === "back" ? "You're back. " : "";
  if (stopped) return said === "back" ? `${back}No messages come to you, because you have said stop.` : "No more messages come to you.";
  return isAway ? "Messages come to you again once you are back." : `${back}Messages come to you again.`;
}

/** Cards as they stand, each with the token for its buttons; what there is nothing to show of is left out. */
async function cardsOf(deps: LinkDeps, visit: Visit, deliveries: readonly Delivery[]): Promise<z.infer<typeof LinkedCard>[]> {
  const drawn = await deps.draw(visit.network, deliveries, "refresh");
  const cards = deliveries.map(async (delivery) => {
    const { id } = delivery;
    const content = drawn.get(id);
    if (content?.kind !== "card") return [];
    const card = id === visit.delivery.id ? null : id;
    const token = await deps.tokens.sign({ network: visit.network, link: visit.link.id, card });
    const hasCalendarFile = await deps.hasCalendarFile(visit.network, delivery);
    return [{ token, card: { ...withoutTab(content.card) }, hasCalendarFile }];
  });
  return (await Promise.all(cards)).flat();
}
