import type { Readiness } from "../adapters/http/server.ts";
import type { Jobs } from "../adapters/queue/jobs.ts";
import type { OpenDatabase } from "../adapters/sql/database.ts";
import type { Instant } from "../kernel/time.ts";

/** Milliseconds for each look: whoever asks gives up after a few seconds, and then learns nothing. */
const patience = 2_000;

type Looked = "works" | "failed" | "full";

const working = (look: Promise<Looked>) => look.catch(() => "failed" as const);

/** What comes of a look, or that it takes too long. */
async function inTime(look: Promise<Looked>): Promise<Looked | "late"> {
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), patience);
  return Promise.race([look, late]).finally(() => clearTimeout(timer));
}

/** Since when the services are away on which only some of the work depends; null for one that isn't. */
export interface Away {
  teams(): Instant | null;
  graph(): Instant | null;
}

/**
 * Whether the store and the job queue work at this moment; says so within about two seconds whatever they do. A service
 * of Microsoft's that is away is named, and takes nothing out of service: every replica would go, and with them the tab,
 * the answers by link and the pages that people read, all of which work without it.
 */
export function readinessOf({ db, engine, hasRoom }: OpenDatabase, jobs: Pick<Jobs, "works">, away: Away): () => Promise<Readiness> {
  // Looks that are never answered mustn't pile up, and take every connection when the store is back.
  const once = (look: () => Promise<Looked>) => {
    let running: Promise<Looked> | undefined;
    return () => inTime((running ??= look().finally(() => (running = undefined))));
  };
  const look = async () => {
    await db.selectFrom("networks").select("id").limit(1).execute();
    return (await hasRoom()) ? "works" : "full";
  };
  const store = once(() => working(look()));
  const queue = once(() => jobs.works().then((works) => (works ? "works" : "failed")));
  return async () => {
    const [storeIs, jobsAre] = await Promise.all([store(), queue()]);
    const storeWords = { works: engine, failed: "The store can't be reached.", full: "The store's disk is full: nothing can be saved.", late: "The store takes too long to answer." };
    const jobsWords = { works: "", failed: "The job queue isn't running.", full: "", late: "The job queue takes too long to answer." };
    return {
      ok: storeIs === "works" && jobsAre === "works",
      checks: [
        { name: "store", ok: storeIs === "works", detail: storeWords[storeIs] },
        { name: "jobs", ok: jobsAre === "works", detail: jobsWords[jobsAre] },
        ...absent("teams", away.teams(), "Teams", "cards wait until it does"),
        ...absent("graph", away.graph(), "Microsoft Graph", "calendars, installations and mails wait until it does"),
      ],
    };
  };
}

function absent(name: string, since: Instant | null, service: string, whatWaits: string): Readiness["checks"] {
  if (since === null) return [];
  const at = since.toString({ smallestUnit: "second" });
  return [{ name, ok: false, detail: `${service} has given no usable answer since ${at}; ${whatWaits}.` }];
}
