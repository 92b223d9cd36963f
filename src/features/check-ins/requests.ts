import type { Actor } from "../../kernel/actor.ts";
import { type NetworkId, newId, type RequestId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import { addWorkingDays } from "../../kernel/working-days.ts";
import { refreshAbout, sendAskedFor } from "../deliveries/outbox.ts";
import type { Team } from "../roster/model.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { leadsFor, mayLead } from "./leads.ts";
import { askedOf, type CheckIn, type HelpRequest, reasonsIn } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import type { CheckInSettings } from "./settings.ts";
import { byUrgency, isUnfinished } from "./urgency.ts";

/** What a team has just answered, and what a request of theirs goes by. */
export interface Answered {
  readonly team: Team;
  readonly checkIn: CheckIn;
  readonly settings: CheckInSettings;
  readonly now: Instant;
}

/**
 * Brings the requests of teams, each once, in line with what they answered in one round.
 * @returns the requests as they are then; a team that never asked for anything in this round has none
 */
export async function followUpAll(
  tx: CheckInStores,
  network: NetworkId,
  round: RoundId,
  answered: readonly Answered[],
): Promise<Map<TeamId, HelpRequest>> {
  const requests = await tx.requests.lockOf(round, answered.map(({ team }) => team.id));
  for (const one of answered) {
    const request = await followUp(tx, network, one, requests.get(one.team.id) ?? null);
    if (request !== null) requests.set(request.team, request);
  }
  return requests;
}

/**
 * Brings a team's request in line with its answers: opened when they ask for something and a lead is in scope,
 * changed with them, withdrawn when nothing is asked any more, opened again when it was over and something is asked
 * anew. The owner gets a card, or sees theirs change; the day by which they reply moves only when more is asked. That a
 * lead means to ring them stays, whatever they answer.
 */
async function followUp(
  tx: CheckInStores,
  network: NetworkId,
  answered: Answered,
  before: HelpRequest | null,
): Promise<HelpRequest | null> {
  const { team, checkIn, settings, now } = answered;
  const asked = reasonsIn(checkIn.answers);
  if (asked.length === 0) return before === null ? null : withdraw(tx, network, before, now);
  const isSame = before !== null && askedOf(before.reasons).join() === asked.join() && before.state !== "withdrawn";
  if (isSame) return before;
  const today = dateIn(settings.zone, now);
  const dueOn = addWorkingDays(today, settings.requestDueWorkingDays, settings.holidayOverrides);
  const fit = leadsFor(team, await tx.roster.leads(), today);
  const [nearest] = fit;
  if (before !== null && isUnfinished(before)) {
    const own = before.reasons.filter((reason) => reason === "lead");
    const changed = { ...before, askedBy: checkIn.person, reasons: [...asked, ...own], updatedAt: now };
    const asksMore = asked.some((reason) => !before.reasons.includes(reason));
    if (!asksMore) return change(tx, network, changed);
    const keepsOwner = nearest === undefined || fit.some((lead) => lead.id === before.owner);
    const owned = keepsOwner ? changed : { ...changed, reasons: asked, owner: nearest.id, state: "open" as const };
    const moved = { ...owned, dueOn };
    await change(tx, network, moved);
    // Teams tells nobody of a card that changes in place, so the owner gets it anew.
    return sendWorkCard(tx, network, moved, now);
  }
  if (nearest === undefined) return before;
  const request: HelpRequest = {
    ...{ id: before?.id ?? newId<RequestId>(), round: checkIn.round, team: team.id, done: before?.done ?? null },
    ...{ askedBy: checkIn.person, reasons: asked, owner: nearest.id, dueOn, state: "open", updatedAt: now },
  };
  if (before !== null) await change(tx, network, request);
  // A lead took the team on at this moment: then theirs is the request.
  else if (!(await tx.requests.add(request))) {
    return (await followUpAll(tx, network, checkIn.round, [answered])).get(team.id) ?? null;
  }
  return sendWorkCard(tx, network, request, now);
}

async function withdraw(tx: CheckInStores, network: NetworkId, before: HelpRequest, now: Instant): Promise<HelpRequest> {
  if (!isUnfinished(before) || askedOf(before.reasons).length === 0) return before;
  const isLeads = before.reasons.includes("lead");
  const left = isLeads ? { reasons: ["lead" as const], askedBy: before.owner } : { state: "withdrawn" as const };
  return change(tx, network, { ...before, ...left, updatedAt: now });
}

// Leads' work cards are asked for by their role and don't count towards one message a week.
async function sendWorkCard(tx: CheckInStores, network: NetworkId, request: HelpRequest, now: Instant): Promise<HelpRequest> {
  const key = { occasion: request.round, purpose: "request" as const, subject: request.id, recipient: request.owner };
  await sendAskedFor(tx, network, key, now, null);
  return request;
}

/** Keeps a request as it is given, and brings the leads' cards about it up to date. */
async function change(tx: CheckInStores, network: NetworkId, request: HelpRequest): Promise<HelpRequest> {
  await tx.requests.save(request);
  await refreshAbout(tx, network, request.round, request.id);
  return request;
}

export type RequestResult =
  | { readonly ok: true; readonly request: HelpRequest }
  | { readonly ok: false; readonly why: "not-yours" | "over" };

/**
 * Takes a request on, or closes it. Any lead in scope may; the one who takes it becomes its owner, and whoever comes
 * later finds that lead's name on what is given back.
 */
export async function moveRequest(
  deps: CheckInDeps,
  actor: Actor,
  id: RequestId,
  state: "taken" | "done",
): Promise<RequestResult> {
  return deps.store.transaction(actor.network, (tx) => move(tx, actor, id, state, deps.clock.now()));
}

async function move(
  tx: CheckInStores,
  actor: Actor,
  id: RequestId,
  state: "taken" | "done",
  now: Instant,
): Promise<RequestResult> {
  const request = await tx.requests.lock(id);
  const team = request === null ? null : await tx.roster.team(request.team);
  if (request === null || team === null || !mayLead(actor, team)) return { ok: false, why: "not-yours" };
  if (request.state === "withdrawn") return { ok: false, why: "over" };
  if (request.state === state || request.state === "done") return { ok: true, request };
  const done = state === "done" ? { at: now, by: actor.person } : request.done;
  return keep(tx, actor, { ...request, state, owner: actor.person, updatedAt: now, done });
}

/** Keeps what a lead did to a request: the cards about it say so, the team's and the leads', and the audit log. */
async function keep(tx: CheckInStores, actor: Actor, request: HelpRequest): Promise<RequestResult> {
  await change(tx, actor.network, request);
  await refreshAbout(tx, actor.network, request.round, request.team);
  const { updatedAt: at, state, id } = request;
  await tx.audit.record({ at, actor, action: `request.${state}`, subject: id, detail: {} });
  return { ok: true, request };
}

export type TakeResult = RequestResult | { readonly ok: false; readonly why: "no-round" };

/**
 * A lead means to ring a team. What the team asks for is taken on; where it asks for nothing, a request of the lead's
 * own is made in the latest round that the team is part of, due as any other.
 */
export async function takeTeam(deps: CheckInDeps, actor: Actor, id: TeamId): Promise<TakeResult> {
  return deps.store.transaction(actor.network, async (tx) => {
    const team = await tx.roster.team(id);
    if (team === null || team.leftOn !== null || !mayLead(actor, team)) return { ok: false, why: "not-yours" };
    return take(tx, actor, team, deps.clock.now());
  });
}

async function take(tx: CheckInStores, actor: Actor, team: Team, now: Instant): Promise<TakeResult> {
  const [urgent] = (await tx.requests.unfinished([team.id])).sort(byUrgency);
  if (urgent !== undefined) return move(tx, actor, urgent.id, "taken", now);
  const round = await tx.rounds.latestOf(team.id);
  if (round === null) return { ok: false, why: "no-round" };
  const { zone, requestDueWorkingDays, holidayOverrides } = await readSettings(tx.settings);
  const dueOn = addWorkingDays(dateIn(zone, now), requestDueWorkingDays, holidayOverrides);
  const taken = { owner: actor.person, dueOn, state: "taken" as const, updatedAt: now };
  const before = (await tx.requests.lockOf(round, [team.id])).get(team.id) ?? null;
  if (before === null) {
    const ids = { id: newId<RequestId>(), round, team: team.id, askedBy: actor.person };
    const request: HelpRequest = { ...ids, ...taken, reasons: ["lead"], done: null };
    // Another lead, or the team itself, was quicker.
    return (await tx.requests.add(request)) ? keep(tx, actor, request) : take(tx, actor, team, now);
  }
  if (isUnfinished(before)) return move(tx, actor, before.id, "taken", now);
  // What was asked and is done stays known, so that the same answer sent again doesn't ask for it anew.
  const asked = before.state === "done" ? askedOf(before.reasons) : [];
  const askedBy = asked.length === 0 ? actor.person : before.askedBy;
  return keep(tx, actor, { ...before, ...taken, askedBy, reasons: [...asked, "lead"] });
}
