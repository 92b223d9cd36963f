import type { Actor } from "../../kernel/actor.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Delivery } from "../deliveries/model.ts";
import { actorOf } from "../roster/model.ts";
import { isGood, type Link } from "./model.ts";
import type { LinkDeps } from "./ports.ts";

/** Somebody who came by a link, and what it lets them do: one card, and what follows from it. */
export interface Visit {
  readonly actor: Actor;
  readonly network: NetworkId;
  readonly link: Link;
  /** The card that the link was sent for. */
  readonly delivery: Delivery;
  /** Cards on the same page that came of it, such as the second one. */
  readonly followUps: readonly Delivery[];
  /** The one whose token this is. */
  readonly card: Delivery;
  readonly stopped: boolean;
}

export type Admission =
  | { readonly ok: true; readonly visit: Visit }
  /** "wrong": no link of ours; "over": it was one; "busy": too much at once. */
  | { readonly ok: false; readonly why: "wrong" | "over" | "busy" };

/** Finds out who holds this token and what it opens. Changes nothing. */
export async function admit(deps: LinkDeps, token: string): Promise<Admission> {
  const claims = await deps.tokens.read(token);
  if (claims === null) return { ok: false, why: "wrong" };
  if (!(await deps.allowance.take(claims.link))) return { ok: false, why: "busy" };
  const { network } = claims;
  const read = deps.store.read(network);
  const link = await read.links.byId(claims.link);
  const person = link === null ? null : await read.roster.person(link.person);
  if (link === null || person === null || person.leftOn !== null) return { ok: false, why: "wrong" };
  if (!isGood(link, person.email, deps.clock.now())) return { ok: false, why: "over" };
  const delivery = await read.deliveries.byId(link.delivery);
  if (delivery === null) return { ok: false, why: "wrong" };
  const followUps = (await read.deliveries.about(delivery.occasion, delivery.subject)).filter(
    (one) => one.id !== delivery.id && one.recipient === person.id && one.purpose === "details" && one.channel === "link",
  );
  const card = claims.card === null ? delivery : followUps.find((one) => one.id === claims.card);
  if (card === undefined) return { ok: false, why: "wrong" };
  const managesTeams = (await read.roster.teamsOf(person.id)).length > 0;
  const stopped = person.stoppedAt !== null;
  return { ok: true, visit: { actor: actorOf(person, managesTeams), network, link, delivery, followUps, card, stopped } };
}
