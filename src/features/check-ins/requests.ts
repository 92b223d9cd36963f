import type { Actor } from "../../kernel/actor.ts";
import { type NetworkId, newId, type RequestId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import { addWorkingDays } from "../../kernel/working-days.ts";
import { refreshAbout, sendAskedFor } from "../deliveries/outbox.ts";
import type { Team } from "../roster/model.ts";
import type { CheckInDeps } from "./deps.ts";
import { leadsFor, mayLead } from "./leads.ts";
import { type CheckIn, type HelpRequest, reasonsIn } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import type { CheckInSettings } from "./settings.ts";

/**
 * Brings a team's request in line with its answers: opened when they ask for something and a lead is in scope,
 * changed with them, withdrawn when nothing is asked any more, opened again when it was over and something is asked
 * anew. The owner gets a card, or sees theirs change; the day by which they reply moves only when more is asked.
 */
export async function followUp(
  tx: CheckInStores,
  network: NetworkId,
  context: { team: Team; checkIn: CheckIn; settings: CheckInSettings; now: Instant },
): Promise<void> {
  const { team, checkIn, settings, now } = context;
  const before = await tx.requests.lockOf(checkIn.round, team.id);
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
  const dueOn = addWorkingDays(today, settings.requestDueWorkingDays, settings.holidayOverrides);
  const asked = { askedBy: checkIn.person, reasons, updatedAt: now };
  const fit = leadsFor(team, await tx.roster.leads(), today);
  const [nearest] = fit;
  if (before !== null && (before.state === "open" || before.state === "taken")) {
    const asksMore = reasons.some((reason) => !before.reasons.includes(reason));
    if (!asksMore) return change(tx, network, { ...before, ...asked });
    const keepsOwner = nearest === undefined || fit.some((lead) => lead.id === before.owner);
    const owned = keepsOwner ? before : { ...before, owner: nearest.id, state: "open" as const };
    const changed = { ...owned, ...asked, dueOn };
    await change(tx, network, changed);
    // Teams tells nobody of a card that changes in place, so the owner gets it anew.
    return sendWorkCard(tx, network, changed, now);
  }
  if (nearest === undefined) return;
  const ids = { id: before?.id ?? newId<RequestId>(), round: checkIn.round, team: team.id };
  const request: HelpRequest = { ...ids, ...asked, owner: nearest.id, dueOn, state: "open" };
  await change(tx, network, request);
  await sendWorkCard(tx, network, request, now);
}

// Leads' work cards are asked for by their role and don't count towards one message a week.
async function sendWorkCard(tx: CheckInStores, network: NetworkId, request: HelpRequest, now: Instant): Promise<void> {
  const key = { occasion: request.round, purpose: "request" as const, subject: request.id, recipient: request.owner };
  await sendAskedFor(tx, network, key, now, null);
}

async function change(tx: CheckInStores, network: NetworkId, request: HelpRequest): Promise<void> {
  await tx.requests.save(request);
  await refreshAbout(tx, network, request.round, request.id);
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
    const request = await tx.requests.lock(id);
    const team = request === null ? null : await tx.roster.team(request.team);
    if (request === null || team === null || !mayLead(actor, team)) return { ok: false, why: "not-yours" };
    if (request.state === "withdrawn") return { ok: false, why: "over" };
    if (request.state === state || request.state === "done") return { ok: true, request };
    const now = deps.clock.now();
    const moved: HelpRequest = { ...request, state, owner: actor.person, updatedAt: now };
    await change(tx, actor.network, moved);
    await refreshAbout(tx, actor.network, request.round, request.team);
    await tx.audit.record({ at: now, actor, action: `request.${state}`, subject: id, detail: {} });
    return { ok: true, request: moved };
  });
}
