import type { Json } from "./columns.ts";

interface PulseGroupsTable {
  network: string;
  value: Json;
}

interface PulseWavesTable {
  network: string;
  id: string;
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
  cleared_at: Date | null;
  shared_at: Date | null;
  raw_deleted_at: Date | null;
  reminded_at: Date | null;
  is_lost: boolean;
  instrument: Json;
  threshold: number;
  groups: Json;
  seal_key: string;
  managers_asked: number;
  members_asked: number;
  sent: number | null;
}

interface PulseAskedTable {
  network: string;
  wave: string;
  person: string;
  group_name: string | null;
}

interface PulseParticipationsTable {
  network: string;
  wave: string;
  person: string;
  state: string;
}

interface PulseSealedTable {
  network: string;
  wave: string;
  sealed: string;
}

interface PulseResponsesTable {
  network: string;
  wave: string;
  group_name: string | null;
  choices: Json;
}

interface PulseResultsTable {
  network: string;
  wave: string;
  value: Json;
}

interface PulseChangesTable {
  network: string;
  id: string;
  wave: string;
  text: string;
  published_at: Date;
}

/** Waves, who was asked, the two ledgers that share no key, and what came of it. */
export interface PulseTables {
  pulse_groups: PulseGroupsTable;
  pulse_waves: PulseWavesTable;
  pulse_asked: PulseAskedTable;
  pulse_participations: PulseParticipationsTable;
  pulse_sealed: PulseSealedTable;
  pulse_responses: PulseResponsesTable;
  pulse_results: PulseResultsTable;
  pulse_changes: PulseChangesTable;
}
