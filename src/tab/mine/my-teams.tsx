import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { lazy, Suspense } from "react";
import { MyCaseload } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";

const useStyles = makeStyles({
  teams: { display: "grid", gap: tokens.spacingVerticalXXL, gridTemplateColumns: "minmax(0, 1fr)" },
  quiet: { color: tokens.colorNeutralForeground2, maxWidth: "75ch" },
});

/** The drawing comes by itself: everything else of the page can be used before it is there. */
const TeamTrend = lazy(() => import("./team-trend.tsx"));
/** About as high as a team with its chart, in rem. */
const height = 26;

/** The viewer's teams over a year, beside the network's median. */
export function MyTeams() {
  const styles = useStyles();
  const caseload = useRead("me/caseload", MyCaseload);
  return (
    <Section title="My teams">
      <Read of={caseload} loading={<Waiting height={height} />}>
        {({ asOf, teams, network }) => {
          if (asOf === null) return <Empty>No check-in has been opened yet. Your teams’ figures appear here once you have answered one.</Empty>;
          if (teams.length === 0) return <Empty>No team of yours is in the roster. Ask a lead of your network to add it.</Empty>;
          return (
            <div className={styles.teams}>
              {teams.map((team) => (
                <Suspense key={team.team.id} fallback={<Waiting height={height} />}>
                  <TeamTrend team={team} network={network} asOf={asOf} />
                </Suspense>
              ))}
              <Text size={200} className={styles.quiet}>
                The network’s median shows once a check-in is closed and 10 teams or more stand behind it. Leads see the teams that they look
                after one by one; your ICB and other employers see combined figures only.
              </Text>
            </div>
          );
        }}
      </Read>
    </Section>
  );
}
