import { sql } from "kysely";
import { z } from "zod";
import type { Purpose } from "../../../src/features/deliveries/model.ts";
import { sendAskedFor } from "../../../src/features/deliveries/outbox.ts";
import { mountForDoctor } from "../../../src/doctor/local-server.ts";
import { storeLook } from "../../../src/doctor/store-look.ts";
import { mountRehearsal } from "../../../src/local/rehearsal/api.ts";
import { servedPages } from "../../../src/served-pages.ts";
import { admin, lead, manager, member, roster, viewer } from "../rosters.ts";
import { type TestApp, testApp, type TestAppOptions } from "../test-app.ts";
import { mails, owner, strangers } from "./callers.ts";

const members = ["Mem", "Mia", "Moe", "Meg", "Max", "Mae", "Mik", "Mat", "May"];
const people = [
  manager("Ana"),
  manager("Bo", { area: "South East" }),
  ...members.map((name) => member(name, { area: "South East" })),
  lead("Nora"),
  lead("Ari", { scope: "North Central" }),
  lead("Sol", { scope: "South East" }),
  viewer("Vic"),
  admin("Ada"),
];
/** Rosters with everybody who calls, in two networks. */
export const everyCaller = { home: roster(...people), abroad: roster(lead("Fay")) };
export const peopleCsv = new TextDecoder().decode(everyCaller.home);

/** What belongs to the first network alone; nobody of another one may be told any of it. */
export const ofTheNetwork = /\bAna\b|Team Ana|North Central|\bBo\b|\bNora\b|\bAri\b|\bSol\b|Test network|@example\.org/;
/** What belongs to the owner's area alone; nobody of another one may be told any of it. */
export const ofTheArea = /\bAna\b|Team Ana|ana@example/;

/** The ids of what the tables are about, all of it the first network's, the cards the owner's. */
export interface Ids {
  readonly person: string;
  readonly team: string;
  readonly round: string;
  readonly meeting: string;
  readonly poll: string;
  readonly wave: string;
}

export interface Furnished {
  readonly app: TestApp;
  readonly ids: Ids;
  /** The owner's cards by what they are for, and the team's request, as far as there are any by now. */
  cards(): Promise<Partial<Record<Purpose | "request-id", string>>>;
}

const idOf = (answered: { readonly status: number; readonly body: { readonly id?: string } | null }): string => {
  const id = answered.body?.id;
  if (id === undefined) throw new Error(`Not made: ${answered.status} ${JSON.stringify(answered.body)}`);
  return id;
};

/**
 * A network with one of everything: an earlier round and the one that is open, a meeting, a poll, a survey; and another network
 * of a single lead.
 */
export async function furnished(options: Partial<TestAppOptions> = {}): Promise<Furnished> {
  const app = await testApp({ now: "2026-10-13T09:30", roster: everyCaller.home, strangers, ...options });
  await app.importCsv(everyCaller.abroad, await app.directory.createNetwork("Another network"));
  const asLead = (method: string, path: string, body?: object) => app.api(mails.networkLead, method, path, body);
  await app.openRound();
  const earlier = await app.database.db.selectFrom("deliveries").selectAll().where("purpose", "=", "check-in").execute();
  const isByLink = earlier.some(({ channel }) => channel === "link");
  const figures = { feeling: "busy", newPeople__link_worker: 24 };
  await (isByLink ? (await app.page(owner).card()).press("Send", figures) : (await app.card(owner)).press("Send", figures));
  await app.moveTo("2026-10-27T17:01", "2026-11-24T09:30");
  await asLead("PATCH", "settings", { meetings: { firstOn: "2027-01-12" } });
  const meeting = idOf(await asLead("POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" }));
  const poll = idOf(await asLead("POST", "meetings/plan/poll", { plannedOn: "2027-02-23" }));
  const wave = idOf(await asLead("POST", "pulse-waves", {}));
  await app.settle();
  const person = (await app.store.read(app.network).roster.personByEmail(owner))?.id;
  const [team] = person === undefined ? [] : await app.store.read(app.network).roster.teamsOf(person);
  const round = await app.store.read(app.network).rounds.current();
  if (person === undefined || team === undefined || round === null) throw new Error("The owner has no team, or no round is open.");
  // As if the owner had written "meeting", which those who come by a link can't.
  const key = { occasion: meeting, subject: meeting, purpose: "rsvp", recipient: person } as const;
  await app.store.transaction(app.network, (tx) => sendAskedFor(tx, app.network, key, app.clock.now(), null));
  await app.settle();
  return {
    app,
    ids: { person, team: team.id, round: round.id, meeting, poll, wave },
    async cards() {
      const { rows } = await sql<{ purpose: Purpose; id: string }>`
        select purpose, id from deliveries where recipient = ${person} order by created_at, id`.execute(app.database.db);
      const requests = await sql<{ id: string }>`select id from requests where team = ${team.id}`.execute(app.database.db);
      const request = requests.rows[0]?.id;
      return {
        ...Object.fromEntries(rows.map(({ purpose, id }) => [purpose, id])),
        ...(request === undefined ? {} : { "request-id": request }),
      };
    },
  };
}

// restify's types say that this is a list.
const RouterRoutes = z.record(z.string(), z.object({ method: z.string(), path: z.string() })).transform((routes) => Object.values(routes));

type Server = Parameters<NonNullable<NonNullable<TestAppOptions["http"]>["extraHandlers"]>>[0];

export interface Registered {
  /** What the server was told to answer, as "GET /healthz". */
  routes(): string[];
  /** What goes into the application's options, so that it serves its pages, from `folder`. */
  readonly http: NonNullable<TestAppOptions["http"]>;
  /** Adds what local mode has besides. */
  mountLocally(app: TestApp): void;
}

/** Listens to what the server is told to answer, in one of the two modes. */
export function registered(mode: "local" | "live", folder: string): Registered {
  let server: Server | undefined;
  const there = () => {
    if (server === undefined) throw new Error("The application isn't there yet.");
    return server;
  };
  const { staticFolders, tab } = servedPages(mode);
  return {
    routes: () => RouterRoutes.parse(there().router.getRoutes()).map(({ method, path }) => `${method} ${path}`),
    http: {
      staticFolders: staticFolders.map((one) => ({ ...one, dir: folder })),
      tab: { ...tab, dir: folder },
      extraHandlers: (given) => {
        server = given;
      },
    },
    mountLocally(app) {
      mountRehearsal({ ...app, standIns: app })(there(), new AbortController().signal);
      mountForDoctor(there(), storeLook(app.database, app.clock, []), { standIns: null, mailSender: null, organiser: null });
    },
  };
}
