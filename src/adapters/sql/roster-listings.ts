import { type Expression, type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { Listing } from "../../features/roster/model.ts";
import { asId, type PersonId, type TeamId } from "../../kernel/ids.ts";
import { chatState, type PersonRow, personOf } from "./roster-rows.ts";

/** The teams that are still there of each person of the query's `people`, by name. */
export const teamsManaged = sql`(select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'area', t.area)
    order by lower(t.name) collate "C", t.id), '[]')
  from team_managers m join teams t on t.network = m.network and t.id = m.team
  where m.network = people.network and m.person = people.id and t.left_on is null)`.as("teams_managed");
const managedTeams = z.array(z.object({ id: z.string(), name: z.string(), area: z.string().nullable() }));

/** Whether a person of the query's `people` has a text in their name, e-mail or area, whatever the capitals. */
export function says(text: string): Expression<SqlBool> {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return sql<SqlBool>`(people.name ilike ${like} or people.email ilike ${like} or people.area ilike ${like})`;
}

/** A row of `people` with who stands in for them, their chat and their teams as the roster's model has it. */
export function listingOf(
  row: PersonRow & {
    deputy_id: string | null;
    deputy_name: string | null;
    linked: boolean;
    chat: string | null;
    teams_managed: unknown;
  },
): Listing {
  const { deputy_id: id, deputy_name: name, linked } = row;
  const deputy = id === null || name === null ? null : { id: asId<PersonId>(id), name };
  const teams = managedTeams.parse(row.teams_managed).map((team) => ({ ...team, id: asId<TeamId>(team.id) }));
  return { person: personOf(row), deputy, linked, chat: chatState.nullable().parse(row.chat), teams };
}
