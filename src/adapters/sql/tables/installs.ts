import type { Generated } from "kysely";

interface InstallsTable {
  network: string;
  person: string;
  state: string;
  obstacle: string | null;
  reason: string | null;
  attempts: Generated<number>;
  turn: Generated<number>;
  due_at: Date;
  attempt_started_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

interface InstallStartsTable {
  network: string;
  started_at: Date;
}

/** Who has the app, and which networks give it to everybody. */
export interface InstallTables {
  installs: InstallsTable;
  install_starts: InstallStartsTable;
}
