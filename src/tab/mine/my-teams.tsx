import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import type { MyCaseload } from "../../features/check-ins/contract.ts";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { TeamTrend } from "./team-trend.tsx";

const useStyles = makeStyles({
  teams: { display: "grid", gap: tokens.spacingVerticalXXL, gridTemplateColumns: "minmax(0, 1fr)" },
  quiet: { color: tokens.colorNeutralForeground2, maxWidth: "75ch" },
});

/** The viewer's teams over a year, beside the network's median. */
export function MyTeams({ caseload }: { readonly caseload: UseQueryResult<MyCaseload> }) {
  const styles = useStyles();
  return (
    <Section title="My teams">
      <Read of={caseload}>
        {({ asOf, teams, network }) => {
          if (asOf === null) return <Empty>No check-in has been opened yet. Your teams’ figures appear here once you have answered one.</Empty>;
          if (teams.length === 0) return <Empty>No team of yours is in the roster. Ask a lead of your network to add it.</Empty>;
          return (
            <div className={styles.teams}>
              {teams.map((team) => (
                <TeamTrend key={team.team.id} team={team} network={network} asOf={asOf} />
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
