import { z } from "zod";
import { allow } from "../../kernel/actor.ts";
import { type Problem, type Route, route } from "../../kernel/http.ts";
import { asId, type PersonId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import { type AvailabilityHooks, changePerson } from "./availability.ts";
import { ImportQuery, PeoplePage, PeopleQuery, PersonChanges, PersonResource, RosterImportResult } from "./contract.ts";
import type { RosterProblem } from "./csv.ts";
import { importRoster, type RosterDeps } from "./import.ts";
import type { Listing } from "./model.ts";
import { listPeople, type PatchOutcome } from "./people.ts";
import { reachOfListing } from "./reach.ts";

/** The roster's part of the API: import, list and change people. */
export function rosterRoutes(deps: RosterDeps, hooks: AvailabilityHooks): Route[] {
  return [
    route<z.infer<typeof ImportQuery>, Uint8Array, z.infer<typeof RosterImportResult>>({
      method: "POST",
      path: "roster",
      summary: "Import a roster; with dryRun=true only say what would change",
      allow: allow.runners,
      allowed: "Admins and leads of the whole network",
      query: ImportQuery,
      body: { type: "text/csv" },
      response: RosterImportResult,
      async handle({ actor, query, body }) {
        const dryRun = query.dryRun === "true";
        const outcome = await importRoster(deps, { network: actor.network, actor }, body, { dryRun });
        // Parsing leaves out nothing here; it turns read-only lists into the contract's own.
        return outcome.ok ? { kind: "ok", body: RosterImportResult.parse(outcome.report) } : badFile(outcome.problems);
      },
    }),
    route({
      method: "GET",
      path: "people",
      summary: "The people of the roster whom the caller looks after",
      allow: allow.leadsAndAdmins,
      allowed: "Admins, and leads for the people in their scope",
      query: PeopleQuery,
      response: PeoplePage,
      async handle({ actor, query }) {
        const after = query.after === undefined ? null : asId<PersonId>(query.after);
        const { items, next } = await listPeople(deps, actor, { limit: query.limit, after });
        return { kind: "ok", body: { items: items.map((one) => personResource(one, deps.canMail)), next } };
      },
    }),
    route({
      method: "PATCH",
      path: "people/:id",
      summary: "Change when somebody is away, who stands in for them, whether they get messages, or a lead's scope",
      allow: allow.everyone,
      allowed:
        "Everyone for themselves; leads for the people in their scope; admins and leads of the whole network for all",
      body: { type: "application/json", schema: PersonChanges },
      response: PersonResource,
      async handle({ actor, params, body }) {
        const id = z.uuid().safeParse(params["id"]);
        if (!id.success) return { kind: "problem", status: 404, detail: "There is no such person." };
        const { awayUntil, deputy, stopped, scope } = body;
        const { outcome } = await changePerson(deps, hooks, actor, asId<PersonId>(id.data), {
          ...(awayUntil === undefined
            ? {}
            : { awayUntil: awayUntil === null ? null : Temporal.PlainDate.from(awayUntil) }),
          ...(deputy === undefined ? {} : { deputy: deputy === null ? null : asId<PersonId>(deputy) }),
          ...(stopped === undefined ? {} : { stopped }),
          ...(scope === undefined ? {} : { scope }),
        });
        return outcome.ok ? { kind: "ok", body: personResource(outcome.listing, deps.canMail) } : badPatch(outcome);
      },
    }),
  ];
}

function badFile(problems: readonly RosterProblem[]): Problem {
  const errors = problems.map(({ row, column, message }) => {
    const where = [row === null ? null : `row ${row}`, column].filter((part) => part !== null).join(", ");
    return { path: where === "" ? "file" : where, message };
  });
  const detail =
    errors.length === 1
      ? "Nothing was imported: put one thing right and send the file again."
      : `Nothing was imported: put ${errors.length.toLocaleString("en-GB")} things right and send the file again.`;
  return { kind: "problem", status: 422, detail, errors };
}

function badPatch(outcome: PatchOutcome & { ok: false }): Problem {
  switch (outcome.why) {
    case "forbidden":
      return { kind: "problem", status: 403, detail: "You can change yourself and the people whom you look after." };
    case "unknown":
      return { kind: "problem", status: 404, detail: "There is no such person." };
    case "invalid":
      return {
        kind: "problem",
        status: 422,
        detail: outcome.message,
        errors: [{ path: outcome.field, message: outcome.message }],
      };
  }
}

function personResource(listing: Listing, canMail: boolean): PersonResource {
  const { person, deputy } = listing;
  const { id, name, email, role, area, place, pcn, organisation, external } = person;
  const scope =
    person.scope?.kind === "areas" ? { kind: person.scope.kind, areas: [...person.scope.areas] } : person.scope;
  return {
    id,
    name,
    email,
    role,
    scope,
    area,
    place,
    pcn,
    organisation,
    external,
    awayUntil: person.awayUntil?.toString() ?? null,
    stopped: person.stoppedAt !== null,
    deputy: deputy === null ? null : { ...deputy },
    reach: reachOfListing(listing, canMail),
  };
}
