import { type Kysely, sql } from "kysely";

/** Personal links to cards, and the keys that sign their tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table links (
    network uuid not null references networks,
    id uuid not null,
    delivery uuid not null,
    person uuid not null,
    sent_to text not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    primary key (network, id),
    foreign key (network, delivery) references deliveries (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create index links_by_delivery on links (network, delivery)`,
  `create index links_by_person on links (network, person)`,
  `create table link_renewals (
    network uuid not null,
    person uuid not null,
    asked_at timestamptz not null,
    foreign key (network, person) references people (network, id)
  )`,
  `create index link_renewals_by_person on link_renewals (network, person, asked_at)`,
  `create table signing_keys (
    name text primary key,
    secret text not null,
    created_at timestamptz not null default now()
  )`,
];
