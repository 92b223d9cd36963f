import type { NetworkId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import { mayShow } from "./combine.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { summaryOf, type TeamSummary } from "./summary.ts";

/** Answers older than this say nothing about the coming meeting: six weeks, and a few days for late ones. */
const recent = { days: 45 };

/**
 * What the latest check-in has for a meeting's agenda, as sentences about the whole network. Everybody who is invited
 * reads them, so each follows the rule for combined figures: those whom it counts, and the rest, are three teams of two
 * employers or more each. Nothing when the latest check-in is older than six weeks.
 */
export async function agendaThemes(deps: Pick<CheckInDeps, "store" | "clock">, network: NetworkId): Promise<string[]> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  const today = dateIn(settings.zone, deps.clock.now());
  const round = await read.rounds.latest();
  if (round === null || Temporal.PlainDate.compare(round.opensOn, today.subtract(recent)) < 0) return [];
  const { teams } = await summaryOf(read, await read.roster.teams(), round, today);
  const answered = teams.filter(({ answer }) => answer !== null);
  const judged = answered.filter(({ rolling12 }) => rolling12 !== null);
  const helpIs = (value: string) => (row: TeamSummary) => row.answer?.answers["help"] === value;
  return [
    ...line(judged, ({ rolling12 }) => rolling12?.state === "above", "are above the guide range over the last 12 weeks"),
    ...line(answered, ({ feeling }) => feeling === "unsafe", "say that the workload is more than they can do safely"),
    ...line(answered, helpIs("network"), "want something raised at the network"),
    ...line(answered, helpIs("peer"), "would like advice from a peer"),
  ];
}

function line(rows: readonly TeamSummary[], counts: (row: TeamSummary) => boolean, what: string): string[] {
  const counted = rows.filter(counts);
  const rest = rows.filter((row) => !counts(row));
  const isSafe = [counted, rest].every((part) => mayShow(part.map(placed)));
  return isSafe ? [`${counted.length} of ${rows.length} teams ${what}.`] : [];
}

function placed({ team }: TeamSummary) {
  const { id, place, area, organisation } = team;
  return { team: id, place, area, organisation };
}
