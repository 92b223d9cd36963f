import { Overview } from "../../features/overview/contract.ts";
import { inWords } from "../api/problem.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { Page } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { Decisions } from "./decisions.tsx";
import { Load } from "./load.tsx";
import { Progress } from "./progress.tsx";
import { Ring } from "./ring.tsx";
import { Waiting } from "./waiting.tsx";

/** Whom to ring, what else waits for a decision, and how things stand; read anew by itself while it is looked at. */
export function Home() {
  const { role } = useMe();
  const overview = useRead("overview", Overview, { every: 10_000 });
  return (
    <Page title="Overview" intro={role === "lead" ? undefined : "What waits for those who run the network. Which teams to ring is shown to their leads."}>
      <Read of={overview} loading={<Waiting hasRing={role === "lead"} />}>
        {(data) => (
          <>
            {overview.isRefetchError && (
              <ProblemBar message={`What you see may be out of date. ${inWords(overview.error)}`} onRetry={() => void overview.refetch()} />
            )}
            {role === "lead" && <Ring overview={data} />}
            <Decisions decisions={data.decisions} isFirst={role !== "lead"} />
            <Progress overview={data} />
            {role === "lead" && <Load overview={data} />}
          </>
        )}
      </Read>
    </Page>
  );
}
