import { type Kysely, sql } from "kysely";
import type { NetworkId } from "../../kernel/ids.ts";
import type { OpenDatabase } from "./engine.ts";
import type { Database } from "./tables.ts";

/** What the store says about itself. */
export interface StoreAbout {
  readonly engine: "embedded" | "server";
  /** PostgreSQL's major version. */
  readonly version: number;
  /** Whether the connection is by TLS; null for the embedded engine, which has none. */
  readonly isEncrypted: boolean | null;
  readonly bytes: number;
  /** Its clock, in milliseconds since 1970. */
  readonly now: number;
}

/** Reads it; changes nothing. */
export async function storeAbout({ db, engine }: OpenDatabase): Promise<StoreAbout> {
  const { rows } = await sql<{ version: number; bytes: number; now: number }>`
    select current_setting('server_version_num')::int / 10000 as version, pg_database_size(current_database())::float8 as bytes,
      extract(epoch from clock_timestamp())::float8 * 1000 as now`.execute(db);
  const [{ version, bytes, now } = { version: 0, bytes: 0, now: 0 }] = rows;
  return { engine, version, bytes, now: Math.round(now), isEncrypted: engine === "embedded" ? null : await isEncrypted(db) };
}

async function isEncrypted(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db);
  return rows[0]?.ssl === true;
}

/** How many people of a network there are, and how the app stands with them. */
export interface AppCounts {
  readonly people: number;
  /** Of them, those of other organisations' tenants, by the roster. */
  readonly external: number;
  /** Known to have the app: installed by Steady, or with an open chat. */
  readonly withApp: number;
  readonly failed: number;
  readonly cannot: number;
  readonly pending: number;
}

/** Counts everybody who hasn't left. */
export async function appCounts(db: Kysely<Database>, network: NetworkId): Promise<AppCounts> {
  const { rows } = await sql<AppCounts>`
    select count(*)::int as people, count(*) filter (where p.external)::int as external,
      count(*) filter (where i.state = 'installed' or c.state = 'open')::int as "withApp",
      count(*) filter (where i.state = 'failed')::int as failed,
      count(*) filter (where i.state = 'cannot')::int as cannot,
      count(*) filter (where i.state = 'pending')::int as pending
    from people p
      left join installs i on i.network = p.network and i.person = p.id
      left join conversations c on c.network = p.network and c.person = p.id
    where p.network = ${network} and p.left_on is null`.execute(db);
  return rows[0] ?? { people: 0, external: 0, withApp: 0, failed: 0, cannot: 0, pending: 0 };
}

/** Who can run a network: admins and leads of all of it; and how many of these object ids are people of the network. */
export async function runnerCounts(
  db: Kysely<Database>,
  network: NetworkId,
  objectIds: readonly string[],
): Promise<{ readonly runners: number; readonly known: number }> {
  const { rows } = await sql<{ runners: number; known: number }>`
    select (select count(*)::int from people where network = ${network} and left_on is null
        and (role = 'admin' or (role = 'lead' and scope_network))) as runners,
      (select count(distinct i.object_id)::int from identities i
        join people p on p.network = i.network and p.id = i.person and p.left_on is null
        where i.network = ${network} and i.object_id::text = any(${[...objectIds]}::text[])) as known`.execute(db);
  return rows[0] ?? { runners: 0, known: 0 };
}
