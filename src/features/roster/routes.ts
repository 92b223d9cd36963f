import { z } from "zod";
import { type Actor, allow, covers, type Scope } from "../../kernel/actor.ts";
import { type Problem, type Route, route } from "../../kernel/http.ts";
import { asId, type PersonId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import { type AvailabilityHooks, changePerson } from "./availability.ts";
import {
  AreaList,
  ChangedPerson,
  HandedOver,
  HandOverBody,
  ImportQuery,
  PeoplePage,
  PeopleQuery,
  PersonChanges,
  PersonResource,
  RosterImportResult,
} from "./contract.ts";
import type { RosterProblem } from "./csv.ts";
import { handOver } from "./hand-over.ts";
import { importRoster, type RosterDeps } from "./import.ts";
import { chatUrlOf, type Listing } from "./model.ts";
import { listAreas, listPeople, type PatchOutcome } from "./people.ts";
import { reachOfListing } from "./reach.ts";
import { fileCounts } from "./roles.ts";

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
        const { limit, search = "", role, reach } = query;
        const wanted = {
          ...(search === "" ? {} : { search }),
          ...(role === undefined ? {} : { role }),
          ...(reach === undefined ? {} : { reach }),
        };
        const { items, next } = await listPeople(deps, actor, { limit, after, ...wanted });
        return { kind: "ok", body: { items: items.map((one) => personResource(one, deps, actor)), next } };
      },
    }),
    route({
      method: "GET",
      path: "areas",
      summary: "The areas of the roster that the caller looks after, with how many teams each has",
      allow: allow.leadsAndAdmins,
      allowed: "Admins, and leads for their scope",
      response: AreaList,
      handle: async ({ actor }) => ({ kind: "ok", body: { items: await listAreas(deps, actor) } }),
    }),
    route({
      method: "GET",
      path: "me/profile",
      summary: "What the roster has about me; people/{id} changes it",
      allow: allow.everyone,
      allowed: "everyone",
      response: PersonResource,
      async handle({ actor }) {
        const listing = await deps.store.read(actor.network).roster.listing(actor.person);
        return listing === null ? unknown : { kind: "ok", body: personResource(listing, deps, actor) };
      },
    }),
    route({
      method: "PATCH",
      path: "people/:id",
      summary: "Change when somebody is away, who stands in for them, whether they get messages, what they may do; or let them leave",
      allow: allow.everyone,
      allowed:
        "Everyone for themselves; leads for the people in their scope; admins and leads of the whole network for all, and only they for role, scope and left",
      body: { type: "application/json", schema: PersonChanges },
      response: ChangedPerson,
      async handle({ actor, params, body }) {
        const id = z.uuid().safeParse(params["id"]);
        if (!id.success) return unknown;
        const { awayUntil, deputy, stopped, role, scope, left } = body;
        const { outcome } = await changePerson(deps, hooks, actor, asId<PersonId>(id.data), {
          ...(awayUntil === undefined
            ? {}
            : { awayUntil: awayUntil === null ? null : Temporal.PlainDate.from(awayUntil) }),
          ...(deputy === undefined ? {} : { deputy }),
          ...(stopped === undefined ? {} : { stopped }),
          ...(role === undefined ? {} : { role }),
          ...(scope === undefined ? {} : { scope }),
          ...(left === undefined ? {} : { left }),
        });
        if (!outcome.ok) return badPatch(outcome);
        const { listing, note } = outcome;
        const leftOn = listing.person.leftOn?.toString() ?? null;
        return { kind: "ok", body: { ...personResource(listing, deps, actor), leftOn, note } };
      },
    }),
    route({
      method: "POST",
      path: "network/hand-over",
      summary: "Make somebody a lead of the whole network, and stay one or step down",
      allow: allow.networkLeads,
      allowed: "leads of the whole network",
      body: { type: "application/json", schema: HandOverBody },
      response: HandedOver,
      async handle({ actor, body }) {
        const outcome = await handOver(deps, actor, asId<PersonId>(body.to), body.step === "down");
        if (outcome.ok) {
          const { to, giver } = outcome;
          const you = { role: giver.role, scope: scopeResource(giver.scope) };
          return { kind: "ok", body: { to: { id: to.id, name: to.name }, you, note: fileCounts } };
        }
        if (outcome.why === "forbidden") return notALead;
        const { message } = outcome;
        return { kind: "problem", status: 422, detail: message, errors: [{ path: "to", message }] };
      },
    }),
  ];
}

const unknown: Problem = { kind: "problem", status: 404, detail: "There is no such person." };
const notALead: Problem = { kind: "problem", status: 403, detail: "Only a lead of the whole network can hand it over." };

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
      return unknown;
    case "invalid":
      return {
        kind: "problem",
        status: 422,
        detail: outcome.message,
        errors: [{ path: outcome.field, message: outcome.message }],
      };
  }
}

function scopeResource(scope: Scope | null): PersonResource["scope"] {
  return scope?.kind === "areas" ? { kind: scope.kind, areas: [...scope.areas] } : scope;
}

/** A person as the actor may see them: of their teams, a lead of some areas sees those in them. */
function personResource(listing: Listing, { canMail }: Pick<RosterDeps, "canMail">, actor: Actor): PersonResource {
  const { person, deputy } = listing;
  const { id, name, email, role, area, place, pcn, organisation, external } = person;
  const seesAll = allow.runners(actor) || actor.person === id;
  const teams = listing.teams.filter((team) => seesAll || covers(actor.scope, team.area));
  return {
    id,
    name,
    email,
    role,
    scope: scopeResource(person.scope),
    area,
    place,
    pcn,
    organisation,
    external,
    awayUntil: person.awayUntil?.toString() ?? null,
    stopped: person.stoppedAt !== null,
    deputy: deputy === null ? null : { ...deputy },
    teams: teams.map((team) => ({ id: team.id, name: team.name })),
    chatUrl: chatUrlOf(person),
    reach: reachOfListing(listing, canMail),
  };
}
