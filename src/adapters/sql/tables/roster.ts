import type { Generated } from "kysely";
import type { Day, Json } from "./columns.ts";

interface NetworksTable {
  id: string;
  name: string;
  created_at: Generated<Date>;
}

interface NetworkSettingsTable {
  network: string;
  section: string;
  value: Json;
  updated_at: Date;
}

interface PeopleTable {
  network: string;
  id: string;
  name: string;
  email: string;
  role: string;
  scope_network: Generated<boolean>;
  scope_areas: Generated<string[]>;
  area: string | null;
  place: string | null;
  pcn: string | null;
  organisation: string | null;
  job_role: string | null;
  manager: string | null;
  deputy: string | null;
  external: Generated<boolean>;
  left_on: Day | null;
  away_until: Day | null;
  stopped_at: Date | null;
}

interface IdentitiesTable {
  object_id: string;
  tenant_id: string;
  network: string;
  person: string;
}

interface TeamsTable {
  network: string;
  id: string;
  name: string;
  area: string | null;
  place: string | null;
  pcn: string | null;
  organisation: string | null;
  left_on: Day | null;
}

interface TeamManagersTable {
  network: string;
  team: string;
  person: string;
}

interface TeamPostsTable {
  network: string;
  team: string;
  job_role: string;
  /** As the roster file has it. */
  wte: number;
  /** As a manager has said since; it counts before the file's. */
  reported_wte: number | null;
}

interface ConversationsTable {
  network: string;
  person: string;
  conversation_id: string | null;
  service_url: string | null;
  state: string;
  updated_at: Date;
}

/** Networks, their people and teams, and where each person is reached. */
export interface RosterTables {
  networks: NetworksTable;
  network_settings: NetworkSettingsTable;
  people: PeopleTable;
  identities: IdentitiesTable;
  teams: TeamsTable;
  team_managers: TeamManagersTable;
  team_posts: TeamPostsTable;
  conversations: ConversationsTable;
}
