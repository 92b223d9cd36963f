import type { Actor } from "../../kernel/actor.ts";
import type { PersonId } from "../../kernel/ids.ts";
import type { LinkResult } from "../../kernel/link-http.ts";
import type { Delivery, Purpose } from "../deliveries/model.ts";
import { resend, sendAgain } from "../deliveries/outbox.ts";
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
  text: "If something is open for you, it comes again within a few minutes: to the e-mail address that your network has for you, or in Teams.",
};

/**
 * Sends again what is open for the person whose link this was: never to an address that the caller names, only to the
 * one in the roster. The old links to those cards end.
 */
export async function renewLink(deps: LinkDeps, token: string): Promise<LinkResult<z.infer<typeof RenewAnswer>>> {
  const claims = await deps.tokens.read(token);
  if (claims === null) return refusal("wrong");
  if (!(await deps.allowance.take(claims.link))) return refusal("busy");
  const { network } = claims;
  const now = deps.clock.now();
  const read = deps.store.read(network);
  const link = await read.links.byId(claims.link);
  const person = link === null ? null : await read.roster.person(link.person);
  if (person === null || person.leftOn !== null) return refusal("wrong");
  const recent = await read.deliveries.toPersonSince(person.id, now.subtract(longest));
  const contents = await deps.draw(network, recent, "send");
  const open = onePerSubject(recent.filter(({ id, purpose }) => purpose !== "test" && contents.get(id)?.kind === "card"));
  await deps.store.transaction(network, async (tx) => {
    if (!(await tx.links.renew(person.id, now.subtract(day), renewalsPerDay, now))) return;
    const ids = open.map(({ id }) => id);
    await tx.links.revokeTo(ids, now);
    await resend(tx, network, ids, now);
    await sendAgain(tx, network, ids, now);
  });
  return { kind: "ok", body: answer };
}

const order: readonly Purpose[] = ["check-in", "reminder", "nudge", "details", "request", "test"];

/** One card about each thing, though it may have been sent, reminded of and asked for again. */
function onePerSubject(deliveries: readonly Delivery[]): Delivery[] {
  const sorted = deliveries.toSorted((a, b) => order.indexOf(a.purpose) - order.indexOf(b.purpose));
  return [...Map.groupBy(sorted, ({ occasion, subject }) => `${occasion} ${subject}`).values()].flatMap((same) => same.slice(0, 1));
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
