import type { Actor } from "../../kernel/actor.ts";
import type { DeliveryId, PersonId } from "../../kernel/ids.ts";
import type { LinkResult } from "../../kernel/link-http.ts";
import { dateIn } from "../../kernel/time.ts";
import { type Delivery, mainPurposes, type Purpose, purposes } from "../deliveries/model.ts";
import { resend, sendAgain } from "../deliveries/outbox.ts";
import { isAway, rosterZone } from "../roster/model.ts";
import { type Holder, recognise } from "./admission.ts";
import type { RenewAnswer } from "./contract.ts";
import { renewalsPerDay } from "./model.ts";
import type { LinkDeps } from "./ports.ts";
import { refusal } from "./responding.ts";
import type { z } from "zod";

const day = { hours: 24 };
/** How far back a card can still be open; rounds close well before. */
const longest = { hours: 24 * 42 };

/** The same whether or not anything was sent, so that an old link tells its finder nothing. */
const answer: z.infer<typeof RenewAnswer> = {
  text:
    "If something is open for you, it comes again within a few minutes, to the e-mail address that your network has for " +
    `you or in Teams, unless you have said stop or are away. This can be done ${renewalsPerDay} times a day at most.`,
};

/**
 * Sends again what is open for the person whose link this was: never to an address that the caller names, only to the
 * one in the roster. The old links to those cards end.
 */
export async function renewLink(deps: LinkDeps, token: string): Promise<LinkResult<z.infer<typeof RenewAnswer>>> {
  const recognition = await recognise(deps, token);
  if (!recognition.ok) return refusal(recognition);
  const { person } = recognition.holder;
  // What was delivered would be undone for somebody to whom nothing is sent.
  const isResting = person.stoppedAt !== null || isAway(person, dateIn(rosterZone, deps.clock.now()));
  if (!isResting) await sendOpen(deps, recognition.holder);
  return { kind: "ok", body: answer };
}

async function sendOpen(deps: LinkDeps, { network, link, person }: Holder): Promise<void> {
  const now = deps.clock.now();
  const { deliveries } = deps.store.read(network);
  const own = await deliveries.byId(link.delivery);
  const recent = await deliveries.toPersonSince(person.id, now.subtract(longest));
  const asked = recent.filter(
    (one) => asksCheckIn.includes(one.purpose) || (own !== null && one.purpose !== "test" && isSameThing(one, own)),
  );
  const drawn = await deps.draw(network, asked, "send");
  const open = onePerThing(asked.filter(({ id }) => drawn.get(id)?.kind === "card"));
  const wanted = idsOf(open);
  const about = idsOf(recent.filter((one) => open.some((other) => isSameThing(one, other))));
  await deps.store.transaction(network, async (tx) => {
    if ((await tx.links.renewalsOf(person.id, now.subtract(day))) >= renewalsPerDay) return;
    const sent = (await resend(tx, network, wanted, now)) + (await sendAgain(tx, network, wanted, now));
    if (sent === 0) return;
    await tx.links.renewed(person.id, now);
    // A card that is being mailed at this moment brings its link; ended now, it would arrive dead.
    const underWay = await tx.deliveries.underWay(about);
    await tx.links.revokeTo(about.filter((id) => !underWay.has(id)), now);
  });
}

const asksCheckIn: readonly Purpose[] = ["check-in", "reminder", "nudge"];
/** Which of the cards about the same thing is sent: the one that others follow from. */
const order: readonly Purpose[] = [...mainPurposes, ...purposes];

/** One card about each thing, though it may have been sent, reminded of and asked for again. */
function onePerThing(deliveries: readonly Delivery[]): Delivery[] {
  const sorted = deliveries.toSorted((a, b) => order.indexOf(a.purpose) - order.indexOf(b.purpose));
  return sorted.filter((one, index) => sorted.findIndex((other) => isSameThing(one, other)) === index);
}

function isSameThing(a: Delivery, b: Delivery): boolean {
  return a.occasion === b.occasion && a.subject === b.subject;
}

function idsOf(deliveries: readonly Delivery[]): DeliveryId[] {
  return deliveries.map(({ id }) => id);
}

/** Ends every link that was mailed to somebody; gives how many were still good. Null when there is no such person. */
export async function revokeLinks(
  deps: Pick<LinkDeps, "store" | "clock">,
  actor: Actor,
  person: PersonId,
): Promise<number | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    if ((await tx.roster.person(person)) === null) return null;
    const now = deps.clock.now();
    const revoked = await tx.links.revokeOf(person, now);
    await tx.audit.record({ at: now, actor, action: "links.revoke", subject: person, detail: { links: revoked } });
    return revoked;
  });
}

/** How long what ended is kept, so that an old link can still be told from a wrong one. */
const keptFor = { hours: 24 * 60 };

/** Forgets links that ended long ago, with the addresses that they were sent to. */
export async function forgetLinks(deps: Pick<LinkDeps, "store" | "clock">, network: Actor["network"]): Promise<void> {
  await deps.store.transaction(network, (tx) => tx.links.forget(deps.clock.now().subtract(keptFor)));
}
