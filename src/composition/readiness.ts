import type { Readiness } from "../adapters/http/server.ts";
import type { Jobs } from "../adapters/queue/jobs.ts";
import type { OpenDatabase } from "../adapters/sql/database.ts";

/** Whether the store and the job queue work at this moment. */
export async function readiness({ db, engine }: OpenDatabase, jobs: Jobs): Promise<Readiness> {
  const query = db.selectFrom("networks").select("id").limit(1).execute();
  const storeWorks = await query.then(
    () => true,
    () => false,
  );
  const jobsWork = await jobs.works();
  return {
    ok: storeWorks && jobsWork,
    checks: [
      { name: "store", ok: storeWorks, detail: storeWorks ? engine : "The store can't be reached." },
      { name: "jobs", ok: jobsWork, detail: jobsWork ? "" : "The job queue isn't running." },
    ],
  };
}
