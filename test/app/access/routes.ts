import type { Ids } from "./furnished.ts";
import { peopleCsv } from "./furnished.ts";

export interface RouteRow {
  /** Whose id stands in the address; the person's when left out. */
  readonly id?: keyof Ids | "request";
  readonly send?: unknown;
  readonly query?: string;
  /** What each caller gets, in the order of the callers. */
  readonly statuses: string;
}

/** No, a forged and another tenant's token, and an account of no roster: what they get everywhere. */
const outside = "401 401 401 403";
const everybody = `${outside}  200 200 200 200 200 200 200 200`;
/** With an answer to a request for something that isn't theirs last. */
const leadsAndAdmins = (foreign: number) => `${outside}  403 403 200 200 200 403 200 ${foreign}`;
const someone = "0192f000-0000-7000-8000-000000000009";

/** A text that may go nowhere but where it was meant for: into no audit log at least. */
export const secret = "cormorant";

/**
 * What every route of the API answers whom. Rows run one after the other, each caller after the other, in one application: all
 * ids are the first network's, and what the owner's area has is Ari's to lead.
 */
export const routes: Readonly<Record<string, RouteRow>> = {
  //                                 member manager areaLead otherAreaLead networkLead viewer admin foreignLead
  "GET me": { statuses: everybody },
  "GET me/data": { statuses: everybody },
  "GET me/profile": { statuses: everybody },
  "GET me/non-working": { statuses: everybody },
  "PATCH me/non-working": { send: { text: "Mondays" }, statuses: everybody },
  "GET me/check-ins": { statuses: everybody },
  "GET me/caseload": { statuses: everybody },
  "GET people": { statuses: leadsAndAdmins(200) },
  "GET areas": { statuses: leadsAndAdmins(200) },
  "GET installs": { statuses: leadsAndAdmins(200) },
  // Nothing is to be installed: who has a chat has the app.
  "POST installs": { statuses: `${outside}  403 403 403 403 202 403 202 202` },
  "PATCH people/:id": { send: { awayUntil: null }, statuses: `${outside}  403 403 200 403 200 403 200 404` },
  // To somebody whom no roster has.
  "POST network/hand-over": { send: { to: someone }, statuses: `${outside}  403 403 403 403 422 403 403 422` },
  "DELETE people/:id/links": { statuses: `${outside}  403 403 403 403 200 403 200 404` },
  // To the lead of the other network the roster's people are those of somebody else.
  "POST roster": { query: "?dryRun=true", send: peopleCsv, statuses: `${outside}  403 403 403 403 200 403 200 422` },
  "GET check-in-rounds": { statuses: leadsAndAdmins(200) },
  "GET check-in-rounds/:id": { id: "round", statuses: leadsAndAdmins(404) },
  "POST check-in-rounds": { send: {}, statuses: `${outside}  403 403 403 403 409 403 409 409` },
  "POST check-in-rounds/:id/remind": { id: "round", statuses: `${outside}  403 403 403 403 200 403 200 404` },
  "POST check-in-rounds/:id/retry": { id: "round", statuses: `${outside}  403 403 403 403 200 403 200 404` },
  "GET deliveries": { id: "round", query: "?round={id}", statuses: leadsAndAdmins(200) },
  "GET overview": { statuses: leadsAndAdmins(200) },
  "GET teams": { statuses: `${outside}  403 403 200 200 200 403 403 200` },
  "GET teams/:id": { id: "team", statuses: `${outside}  404 404 200 404 200 404 404 404` },
  "GET caseload-summary": { statuses: `${outside}  403 200 200 200 200 200 403 200` },
  "GET requests": { statuses: `${outside}  403 403 200 200 200 403 403 200` },
  // The second comes too late.
  "PATCH requests/:id": { id: "request", send: { state: "taken" }, statuses: `${outside}  403 403 200 404 409 403 403 404` },
  "POST requests": { id: "team", send: { team: "{id}" }, statuses: `${outside}  403 403 200 404 409 403 403 404` },
  "POST meetings/plan": { send: {}, statuses: `${outside}  403 403 403 403 200 403 200 409` },
  "POST meetings": { send: { on: "2026-01-01" }, statuses: `${outside}  403 403 403 403 422 403 422 422` },
  "GET meetings": { statuses: everybody },
  "GET meetings/:id": { id: "meeting", statuses: `${outside}  200 200 200 200 200 200 200 404` },
  "PATCH meetings/:id": {
    id: "meeting",
    send: { agenda: [secret], notes: { text: secret, actions: [{ what: secret, who: secret }] } },
    statuses: `${outside}  403 403 403 403 200 403 200 404`,
  },
  // Members and viewers aren't invited.
  "POST meetings/:id/rsvp": { id: "meeting", send: { answer: "yes", raise: secret }, statuses: `${outside}  403 200 200 200 200 403 200 404` },
  "POST meetings/:id/retry": { id: "meeting", statuses: `${outside}  403 403 403 403 200 403 200 404` },
  // The date was asked about before.
  "POST meetings/plan/poll": { send: { plannedOn: "2027-02-23" }, statuses: `${outside}  403 403 403 403 409 403 409 409` },
  "GET meetings/polls": { statuses: leadsAndAdmins(200) },
  // The second comes too late.
  "POST meetings/polls/:id/decide": { id: "poll", send: { slot: "2027-02-23T10:00:00Z" }, statuses: `${outside}  403 403 403 403 201 403 409 404` },
  "DELETE meetings/:id": { id: "meeting", statuses: `${outside}  403 403 403 403 200 403 409 404` },
  "GET pulse-waves": { statuses: leadsAndAdmins(200) },
  "POST pulse-waves": { send: {}, statuses: `${outside}  403 403 403 403 409 403 403 409` },
  "POST pulse-waves/:id/close": { id: "wave", statuses: `${outside}  403 403 403 403 200 403 403 404` },
  // What only leads may see so far.
  "GET pulse-waves/:id/summary": { id: "wave", statuses: `${outside}  403 403 200 200 200 403 403 404` },
  "POST pulse-waves/:id/share": { id: "wave", statuses: `${outside}  403 403 403 403 200 403 403 404` },
  "POST pulse-waves/:id/changes": { id: "wave", send: { text: `We hired a ${secret}.` }, statuses: `${outside}  403 403 403 403 201 403 403 404` },
  "GET pulse-results": { statuses: everybody },
  "POST check-in-rounds/:id/close": { id: "round", statuses: `${outside}  403 403 403 403 200 403 200 404` },
  // The lead of the other network has had no round.
  "GET exports/evidence": { statuses: `${outside}  403 403 403 403 200 200 403 409` },
  "GET exports/evidence.xlsx": { statuses: `${outside}  403 403 403 403 200 200 403 409` },
  "GET exports/evidence.csv": { query: "?sheet=areas", statuses: `${outside}  403 403 403 403 200 200 403 409` },
  "GET settings": { statuses: leadsAndAdmins(200) },
  "PATCH settings": { send: {}, statuses: `${outside}  403 403 403 403 200 403 200 200` },
  "GET audit-log": { statuses: `${outside}  403 403 403 403 200 403 200 200` },
  "GET exports/audit-log.csv": { statuses: `${outside}  403 403 403 403 200 403 200 200` },
  "DELETE me/data": { statuses: everybody },
};
