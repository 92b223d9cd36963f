import type { Actor } from "../../kernel/actor.ts";
import type { DeliveryId, NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { actorOf, type Person } from "../roster/model.ts";
import { isGood, isTheirs, type Link } from "./model.ts";
import type { LinkDeps } from "./ports.ts";

/** Whom a link of ours was mailed to, whatever it still opens. */
export interface Holder {
  readonly network: NetworkId;
  readonly link: Link;
  readonly person: Person;
  /** Set when the token is one for a further card of the page. */
  readonly card: DeliveryId | null;
}

/**
 * Why a token does nothing. "wrong": no link of ours; "gone": it was one, and nothing can follow from it any more;
 * "over": it was one, and a new one can be asked for; "busy": too much at once.
 */
export type Refusal =
  | { readonly ok: false; readonly why: "wrong" | "gone" | "busy" }
  /** `byTime` when nobody ended it and its address is the right one. */
  | { readonly ok: false; readonly why: "over"; readonly byTime: boolean };

/** Finds out who holds this token. Changes nothing. */
export async function recognise(
  deps: LinkDeps,
  token: string,
): Promise<{ readonly ok: true; readonly holder: Holder } | Refusal> {
  const claims = await deps.tokens.read(token);
  if (claims === null) return { ok: false, why: "wrong" };
  if (!(await deps.allowance.take(claims.link))) return { ok: false, why: "busy" };
  const { network, card } = claims;
  const read = deps.store.read(network);
  const link = await read.links.byId(claims.link);
  const person = link === null ? null : await read.roster.person(link.person);
  if (link === null || person === null || person.leftOn !== null) return { ok: false, why: "gone" };
  return { ok: true, holder: { network, link, person, card } };
}

/** Whether the holder's link still opens its card; else why it doesn't. */
export function checkGood({ link, person }: Holder, now: Instant): Refusal | null {
  return isGood(link, person.email, now) ? null : { ok: false, why: "over", byTime: isTheirs(link, person.email) };
}

/** The holder as the one who acts, marked as somebody who came by a link. */
export async function actorBy(deps: Pick<LinkDeps, "store">, { network, person }: Holder): Promise<Actor> {
  const managesTeams = (await deps.store.read(network).roster.teamsOf(person.id)).length > 0;
  return { ...actorOf(person, managesTeams), via: "link" };
}

/** Somebody who came by a link, and what it lets them do: one card, and what follows from it. */
export interface Visit {
  readonly actor: Actor;
  readonly person: Person;
  readonly network: NetworkId;
  readonly link: Link;
  /** The card that the link was sent for. */
  readonly delivery: Delivery;
  /** Cards on the same page that came of it, such as the second one. */
  readonly followUps: readonly Delivery[];
  /** The one whose token this is. */
  readonly card: Delivery;
}

export type Admission = { readonly ok: true; readonly visit: Visit } | Refusal;

/** Finds out who holds this token and what it opens. Changes nothing. */
export async function admit(deps: LinkDeps, token: string): Promise<Admission> {
  const recognition = await recognise(deps, token);
  if (!recognition.ok) return recognition;
  const { holder } = recognition;
  const { network, link, person } = holder;
  const fault = checkGood(holder, deps.clock.now());
  if (fault !== null) return fault;
  const { deliveries } = deps.store.read(network);
  const delivery = await deliveries.byId(link.delivery);
  if (delivery === null) return { ok: false, why: "gone" };
  const followUps = (await deliveries.about(delivery.occasion, delivery.subject)).filter(
    (one) => one.id !== delivery.id && one.recipient === person.id && one.purpose === "details" && one.channel === "link",
  );
  const card = holder.card === null ? delivery : followUps.find((one) => one.id === holder.card);
  if (card === undefined) return { ok: false, why: "over", byTime: true };
  return { ok: true, visit: { actor: await actorBy(deps, holder), person, network, link, delivery, followUps, card } };
}
