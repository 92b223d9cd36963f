import { type Expression, type Insertable, type Selectable, type SqlBool, sql } from "kysely";
import { z } from "zod";
import { chatStates, jobRoles, type Person, type Posts, type Team } from "../../features/roster/model.ts";
import { roles, type Scope } from "../../kernel/actor.ts";
import { asId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf, localDateOf } from "./values.ts";

const role = z.enum(roles);
/** A chat's state from its column. */
export const chatState = z.enum(chatStates);
const posts = z.partialRecord(z.enum(jobRoles), z.number());
const managers = z.array(z.string());

export type PersonRow = Selectable<Database["people"]>;

/** A row of `people` as the roster's model has it. */
export function personOf(row: PersonRow): Person {
  const { name, email, area, place, pcn, organisation, external } = row;
  return {
    id: asId(row.id),
    network: asId(row.network),
    name,
    email,
    role: role.parse(row.role),
    scope: scopeOf(row),
    area,
    place,
    pcn,
    organisation,
    jobRole: row.job_role,
    manager: row.manager === null ? null : asId(row.manager),
    deputy: row.deputy === null ? null : asId(row.deputy),
    external,
    leftOn: row.left_on === null ? null : localDateOf(row.left_on),
    awayUntil: row.away_until === null ? null : localDateOf(row.away_until),
    stoppedAt: row.stopped_at === null ? null : instantOf(row.stopped_at),
  };
}

function scopeOf(row: PersonRow): Scope | null {
  if (row.scope_network) return { kind: "network" };
  return row.scope_areas.length > 0 ? { kind: "areas", areas: row.scope_areas } : null;
}

/** What to write into `people`. */
export function personRow(person: Person): Insertable<Database["people"]> {
  const { id, network, name, email, area, place, pcn, organisation, external, manager, deputy } = person;
  return {
    id,
    network,
    name,
    email,
    role: person.role,
    scope_network: person.scope?.kind === "network",
    scope_areas: person.scope?.kind === "areas" ? [...person.scope.areas] : [],
    area,
    place,
    pcn,
    organisation,
    job_role: person.jobRole,
    manager,
    deputy,
    external,
    left_on: person.leftOn?.toString() ?? null,
    away_until: person.awayUntil?.toString() ?? null,
    stopped_at: person.stoppedAt === null ? null : dateOf(person.stoppedAt),
  };
}

/** A team's managers and posts in the same row as the team, so that teams are read in one statement. */
export const teamParts = [
  sql`(select coalesce(json_agg(m.person order by m.person), '[]') from team_managers m
    where m.network = teams.network and m.team = teams.id)`.as("managers"),
  sql`(select coalesce(json_object_agg(p.job_role, coalesce(p.reported_wte, p.wte)), '{}') from team_posts p
    where p.network = teams.network and p.team = teams.id)`.as("posts"),
  sql`(select coalesce(json_object_agg(p.job_role, p.wte), '{}') from team_posts p
    where p.network = teams.network and p.team = teams.id)`.as("file_posts"),
] as const;

/** A row of `teams` with its parts as the roster's model has it. */
export function teamOf(
  row: Selectable<Database["teams"]> & { managers: unknown; posts: unknown; file_posts: unknown },
): Team {
  const { name, area, place, pcn, organisation } = row;
  return {
    id: asId(row.id),
    name,
    area,
    place,
    pcn,
    organisation,
    posts: postsOf(posts.parse(row.posts)),
    filePosts: postsOf(posts.parse(row.file_posts)),
    managers: managers.parse(row.managers).map((person) => asId(person)),
    leftOn: row.left_on === null ? null : localDateOf(row.left_on),
  };
}

function postsOf(parsed: z.infer<typeof posts>): Posts {
  const found: Partial<Record<(typeof jobRoles)[number], number>> = {};
  for (const jobRole of jobRoles) {
    const wte = parsed[jobRole];
    if (wte !== undefined) found[jobRole] = wte;
  }
  return found;
}

const teamsThatAreThere = sql`team_managers m join teams on teams.network = m.network and teams.id = m.team
    where m.network = people.network and m.person = people.id and teams.left_on is null`;

/** Whether a person of the query's `people` manages a team that is still there; `more` narrows which teams count. */
export function managesTeam(more: Expression<SqlBool>): Expression<SqlBool> {
  return sql<SqlBool>`exists (select from ${teamsThatAreThere} and ${more})`;
}

/** The same where a few people are read: for "exists" the planner would read everybody's teams, for one it looks them up. */
export const managesSomeTeam = sql<boolean>`coalesce((select true from ${teamsThatAreThere} limit 1), false)`;
