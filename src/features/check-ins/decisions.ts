import { type Actor, allow } from "../../kernel/actor.ts";
import { dateIn, dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Decision } from "../overview/model.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { CheckInStores } from "./ports.ts";
import type { CheckInSettings } from "./settings.ts";

/** What waits for somebody's decision about check-ins: a lead's requests, and for those who run the network the rounds. */
export async function checkInDecisions(deps: Pick<CheckInDeps, "store" | "clock">, actor: Actor): Promise<Decision[]> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const today = dateIn(settings.zone, deps.clock.now());
  return [
    ...(allow.leads(actor) ? await overdueRequests(read, actor, today) : []),
    ...(allow.runners(actor) ? [...(await aboutTheRound(read, settings, today)), ...(await teamsWithoutLead(read))] : []),
  ];
}

async function overdueRequests({ requests }: CheckInStores, { scope }: Actor, today: LocalDate): Promise<Decision[]> {
  const overdue = await requests.overdue(today, scope?.kind === "areas" ? scope.areas : null);
  if (overdue === 0) return [];
  const text =
    overdue === 1
      ? "1 request is overdue: reply to the team, or mark it as done."
      : `${overdue} requests are overdue: reply to the teams, or mark them as done.`;
  return [{ kind: "requests-overdue", text, page: "check-ins", id: null }];
}

async function aboutTheRound({ rounds, deliveries }: CheckInStores, settings: CheckInSettings, today: LocalDate): Promise<Decision[]> {
  const round = await rounds.latest();
  if (round !== null && round.closedAt === null) {
    const failed = (await deliveries.counts([round.id], "check-in")).get(round.id)?.failed ?? 0;
    if (failed === 0) return [];
    const [cards, those] = failed === 1 ? ["1 card", "it"] : [`${failed} cards`, "them"];
    const text = `${cards} of the check-in of ${dayInWords(round.opensOn, today)} failed: see why, and send ${those} again.`;
    return [{ kind: "cards-failed", text, page: "deliveries", id: round.id }];
  }
  const isDue = round === null || Temporal.PlainDate.compare(round.opensOn.add({ weeks: settings.cadenceWeeks }), today) <= 0;
  if (settings.opensByItself || !isDue) return [];
  const text = "No check-in is open or planned: open one, or let them open by themselves in the settings.";
  return [{ kind: "no-round-planned", text, page: "check-ins", id: null }];
}

async function teamsWithoutLead({ roster }: CheckInStores): Promise<Decision[]> {
  const scopes = (await roster.leads()).flatMap(({ scope }) => scope ?? []);
  if (scopes.some(({ kind }) => kind === "network")) return [];
  const teams = await roster.teamsOutside(scopes.flatMap((scope) => (scope.kind === "areas" ? scope.areas : [])));
  if (teams === 0) return [];
  const text =
    teams === 1
      ? "1 team has no lead, so what it asks for reaches nobody: give a lead its area."
      : `${teams} teams have no lead, so what they ask for reaches nobody: give leads their areas.`;
  return [{ kind: "teams-without-lead", text, page: "people", id: null }];
}
