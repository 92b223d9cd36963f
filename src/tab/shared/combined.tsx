import { useState } from "react";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { LoadTrend } from "../load/load-trend.tsx";
import { CaseloadWaiting } from "../load/waiting.tsx";
import { loadMeaning } from "../charts/load.ts";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { AllTeams } from "./all-teams.tsx";
import { CombinedDetails } from "../combined/details.tsx";
import { LoadBy } from "./load-by.tsx";

/** The check-ins' combined figures as they stood when the last check-in closed. */
export function Combined() {
  const [by, setBy] = useState<CaseloadSummary["by"]>("area");
  const summary = useRead(`caseload-summary?by=${by}`, CaseloadSummary, { keep: true });
  return (
    <Read of={summary} loading={<CaseloadWaiting />}>
      {(combined) => {
        const { asOf, total } = combined;
        if (asOf === null) {
          return (
            <Section title="Caseload">
              <Empty>No check-in has closed yet, so there are no figures. They appear here once the first one has.</Empty>
            </Section>
          );
        }
        return (
          <>
            <AllTeams asOf={asOf} coverage={combined.coverage} total={total} />
            <LoadBy summary={combined} chosen={by} onBy={setBy} />
            <Section title="Trend over 52 weeks">
              <LoadTrend
                trend={total.trend}
                asOf={asOf}
                load={total.last12Weeks}
                summary={
                  total.trend.length === 0
                    ? "No check-in of the last 52 weeks had enough answers to show a load."
                    : `Load over 12 weeks at each check-in, of the teams that answered it. ${loadMeaning}`
                }
                name="all teams"
              />
            </Section>
            <CombinedDetails details={total.details} />
          </>
        );
      }}
    </Read>
  );
}
