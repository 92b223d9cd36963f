import type { Generated } from "kysely";
import type { Day, Json } from "./columns.ts";

interface CheckInRoundsTable {
  network: string;
  id: string;
  opens_on: Day;
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
  question_set: string;
  theme: string;
  guide: Json;
}

interface RoundTeamsTable {
  network: string;
  round: string;
  team: string;
  period_from: Day;
  state: string;
}

interface CheckInsTable {
  network: string;
  round: string;
  team: string;
  person: string;
  answers: Json;
  posts: Json;
  carried: string[];
  submitted_at: Date;
}

interface CheckInDetailsTable {
  network: string;
  round: string;
  team: string;
  person: string;
  answers: Json;
  submitted_at: Date;
}

interface RequestsTable {
  network: string;
  id: string;
  round: string;
  team: string;
  asked_by: string;
  reasons: string[];
  owner: string;
  due_on: Day;
  state: string;
  created_at: Date;
  updated_at: Date;
  done_at: Date | null;
  done_by: string | null;
}

interface CombinedSummariesTable {
  network: string;
  round: string;
  grouped_by: string;
  value: Json;
}

interface RoundMediansTable {
  network: string;
  round: string;
  teams: number;
  median12: number | null;
}

interface UnfrozenRoundsTable {
  network: string;
  round: string;
  taken_at: Date | null;
}

interface StaleStandingsTable {
  network: string;
  id: Generated<string | number>;
  team: string;
}

interface TeamStandingsTable {
  network: string;
  team: string;
  round: string;
  area: string;
  place: string;
  figures: Json;
  name_key: string;
  ring_key: number[] | null;
  request_due: Day | null;
}

interface StandingSumsTable {
  network: string;
  round: string;
  area: string;
  place: string;
  figure: string;
  value: string | number;
}

interface StandingRoundsTable {
  network: string;
  round: string;
}

interface TalliesTable {
  network: string;
  id: Generated<string | number>;
  about: string;
  kind: string;
  state: string;
  n: number;
}

/** Rounds, their check-ins, and what comes of them. */
export interface CheckInTables {
  check_in_rounds: CheckInRoundsTable;
  round_teams: RoundTeamsTable;
  check_ins: CheckInsTable;
  check_in_details: CheckInDetailsTable;
  requests: RequestsTable;
  combined_summaries: CombinedSummariesTable;
  round_medians: RoundMediansTable;
  unfrozen_rounds: UnfrozenRoundsTable;
  stale_standings: StaleStandingsTable;
  team_standings: TeamStandingsTable;
  standing_sums: StandingSumsTable;
  standing_rounds: StandingRoundsTable;
  tallies: TalliesTable;
}
