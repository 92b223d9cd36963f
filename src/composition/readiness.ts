import type { Readiness } from "../adapters/http/server.ts";
import type { Jobs } from "../adapters/queue/jobs.ts";
import type { OpenDatabase } from "../adapters/sql/database.ts";

/** Milliseconds for each look: whoever asks gives up after a few seconds, and then learns nothing. */
const patience = 2_000;

const working = (look: Promise<unknown>) => look.then(() => "works" as const, () => "failed" as const);

/** What comes of a look, or that it takes too long. */
async function inTime(look: Promise<"works" | "failed">): Promise<"works" | "failed" | "late"> {
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(() => resolve("late"), patience);
  return Promise.race([look, late]).finally(() => clearTimeout(timer));
}

/** Whether the store and the job queue work at this moment; says so within about two seconds whatever they do. */
export function readinessOf({ db, engine }: OpenDatabase, jobs: Pick<Jobs, "works">): () => Promise<Readiness> {
  // Looks that are never answered mustn't pile up, and take every connection when the store is back.
  const once = (look: () => Promise<"works" | "failed">) => {
    let running: Promise<"works" | "failed"> | undefined;
    return () => inTime((running ??= look().finally(() => (running = undefined))));
  };
  const store = once(() => working(db.selectFrom("networks").select("id").limit(1).execute()));
  const queue = once(() => jobs.works().then((works) => (works ? "works" : "failed")));
  return async () => {
    const [storeIs, jobsAre] = await Promise.all([store(), queue()]);
    const storeWords = { works: engine, failed: "The store can't be reached.", late: "The store takes too long to answer." };
    const jobsWords = { works: "", failed: "The job queue isn't running.", late: "The job queue takes too long to answer." };
    return {
      ok: storeIs === "works" && jobsAre === "works",
      checks: [
        { name: "store", ok: storeIs === "works", detail: storeWords[storeIs] },
        { name: "jobs", ok: jobsAre === "works", detail: jobsWords[jobsAre] },
      ],
    };
  };
}
