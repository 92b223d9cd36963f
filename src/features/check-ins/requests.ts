import type { Actor } from "../../kernel/actor.ts";
import { type NetworkId, newId, type RequestId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import { addWorkingDays } from "../../kernel/working-days.ts";
import { deliver, refresh } from "../deliveries/outbox.ts";
import type { Team } from "../roster/model.ts";
import type { CheckInDeps } from "./deps.ts";
import { leadFor, mayLead } from "./leads.ts";
import { type CheckIn, type HelpRequest, reasonsIn } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import type { CheckInSettings } from "./settings.ts";

/**
 * Brings a team's request in line with its answers: opened when they ask for something and a lead is in scope,
 * changed with them, withdrawn when nothing is asked any more. The owner gets a card, or sees theirs change.
 */
export async function followUp(
  tx: CheckInStores,
  network: NetworkId,
  context: { team: Team; checkIn: CheckIn; settings: CheckInSettings; now: Instant },
): Promise<void> {
  const { team, checkIn, settings, now } = context;
  const before = await tx.requests.of(checkIn.round, team.id);
  const reasons = reasonsIn(checkIn.answers);
  if (reasons.length === 0) {
    if (before !== null && before.state !== "withdrawn" && before.state !== "done") {
      await change(tx, network, { ...before, state: "withdrawn", updatedAt: now });
    }
    return;
  }
  const isSame = before !== null && before.reasons.join() === reasons.join() && before.state !== "withdrawn";
  if (isSame) return;
  const today = dateIn(settings.zone, now);
  if (before !== null) {
    const dueOn = addWorkingDays(today, settings.requestDueWorkingDays, settings.holidayOverrides);
    const state = before.state === "taken" ? ("taken" as const) : ("open" as const);
    await change(tx, network, { ...before, reasons, dueOn, state, updatedAt: now });
    return;
  }
  const owner = leadFor(team, await tx.roster.leads(), today);
  if (owner === null) return;
  const request: HelpRequest = {
    id: newId<RequestId>(),
    round: checkIn.round,
    team: team.id,
    askedBy: checkIn.person,
    reasons,
    owner: owner.id,
    dueOn: addWorkingDays(today, settings.requestDueWorkingDays, settings.holidayOverrides),
    state: "open",
    updatedAt: now,
  };
  await tx.requests.save(request);
  await deliver(tx, network, [workCard(request)], now);
}

// Leads' work cards are asked for by their role and don't count towards one message a week.
function workCard(request: HelpRequest) {
  return {
    occasion: request.round,
    purpose: "request" as const,
    subject: request.id,
    recipient: request.owner,
    unasked: false,
    skip: false,
    reason: null,
    notBefore: null,
  };
}

async function change(tx: CheckInStores, network: NetworkId, request: HelpRequest): Promise<void> {
  await tx.requests.save(request);
  await refresh(tx, network, await tx.deliveries.about(request.round, request.id));
}

export type RequestResult =
  | { readonly ok: true; readonly request: HelpRequest }
  | { readonly ok: false; readonly why: "not-yours" | "over" };

/** Takes a request on, or closes it. Any lead in scope may; the one who takes it becomes its owner. */
export async function moveRequest(
  deps: CheckInDeps,
  actor: Actor,
  id: RequestId,
  state: "taken" | "done",
): Promise<RequestResult> {
  return deps.store.transaction(actor.network, async (tx) => {
    const request = await tx.requests.byId(id);
    const team = request === null ? null : await tx.roster.team(request.team);
    if (request === null || team === null || !mayLead(actor, team)) return { ok: false, why: "not-yours" };
    if (request.state === "withdrawn") return { ok: false, why: "over" };
    if (request.state === state || request.state === "done") return { ok: true, request };
    const now = deps.clock.now();
    const moved: HelpRequest = { ...request, state, owner: actor.person, updatedAt: now };
    await change(tx, actor.network, moved);
    const cards = await tx.deliveries.about(request.round, request.team);
    await refresh(tx, actor.network, cards.filter((card) => card.state === "delivered"));
    await tx.audit.record({ at: now, actor, action: `request.${state}`, subject: id, detail: {} });
    return { ok: true, request: moved };
  });
}

