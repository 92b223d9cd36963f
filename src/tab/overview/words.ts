import type { Decision, Overview, RingEntry } from "../../features/overview/contract.ts";
import { day, moment } from "../parts/dates.ts";

/** The heading over so many teams to ring. */
export function ringTitle(teams: number): string {
  return ["Whom to ring", "Ring this team first", "Ring these two"][teams] ?? "Ring these three";
}

/** When somebody last spoke to a team, as a sentence; being marked as done is all that is known of it. */
export function lastSpokeInWords(lastSpoke: RingEntry["lastSpoke"]): string {
  return lastSpoke === null ? "Nobody has noted a call yet." : `Last spoken to by ${lastSpoke.by} on ${day(lastSpoke.on)}.`;
}

const whole: Readonly<Record<Decision["page"], string>> = {
  "check-ins": "Open Check-ins",
  meetings: "Open Meetings",
  pulse: "Open Pulse",
  deliveries: "Open Deliveries",
  people: "Open People",
  settings: "Open Settings",
};
const single: Partial<Record<Decision["page"], string>> = {
  meetings: "Open the meeting",
  deliveries: "See the cards",
  pulse: "See the results",
};

/** Where something can be decided, and what its link says. */
export function linkTo({ kind, page, id }: Decision): { readonly to: string; readonly words: string } {
  if (kind === "requests-overdue") return { to: "overview/requests", words: "See the requests" };
  if (kind === "poll-ready") return { to: "meetings", words: "See the poll" };
  if (kind === "key-missing") return { to: "pulse", words: "Open Pulse" };
  const words = id === null ? undefined : single[page];
  return words === undefined ? { to: page, words: whole[page] } : { to: `${page}/${id}`, words };
}

const states = {
  below: "Below the guide range, which doesn’t mean spare capacity",
  in: "Within the guide range",
  above: "Above the guide range",
} as const;
const window = 12 * 7;

/** How the teams' load stands over 12 weeks, as a sentence. */
export function loadInWords(load: Overview["load"]): string {
  if (load === null) return "How the load stands can’t be said yet: no team has answered with what it takes to tell.";
  const { state, words, teams, daysCovered } = load;
  const covered = daysCovered < window ? `, ${daysCovered} of ${window} days covered` : "";
  return `${states[state]}: ${words} over 12 weeks (${teams === 1 ? "1 team" : `${teams} teams`}${covered}).`;
}

/** How far a round's answers have come. */
export function answersInWords({ answered, skipped, waiting }: NonNullable<Overview["round"]>["teams"]): string {
  const said = `${answered} of ${answered + skipped + waiting} teams have answered`;
  return skipped === 0 ? said : `${said}, ${skipped} skipped it`;
}

/** Until when a wave takes answers, or what has become of it. */
export function waveInWords({ state, closesAt, closedAt, sharedAt }: NonNullable<Overview["wave"]>): string {
  if (state === "open") return `Open until ${moment(closesAt)}.`;
  if (state === "closing") return "Answers are closed; its results aren’t made yet.";
  const closed = closedAt === null ? "Closed" : `Closed on ${day(closedAt)}`;
  if (state === "lost") return `${closed}, without results.`;
  return sharedAt === null ? `${closed}; its results aren’t shared yet.` : `${closed}; shared on ${day(sharedAt)}.`;
}
