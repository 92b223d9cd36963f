import { Text } from "@fluentui/react-components";
import { MyCaseload } from "../../features/check-ins/contract.ts";
import { useRead } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { TeamTrend } from "./team-trend.tsx";

/** The viewer's teams over a year, beside the network's median. */
export function MyTeams() {
  const caseload = useRead("me/caseload", MyCaseload);
  return (
    <Section title="My teams">
      <Read of={caseload}>
        {({ teams, network }) =>
          teams.length === 0 ? (
            <Empty>No team of yours is in the roster yet. Ask whoever runs your network to add it.</Empty>
          ) : (
            <>
              {teams.map((team) => (
                <TeamTrend key={team.team.id} team={team} network={network} />
              ))}
              <Text size={200}>
                The network’s median shows only where 10 teams or more stand behind it. Below the guide range doesn’t mean spare capacity.
              </Text>
            </>
          )
        }
      </Read>
    </Section>
  );
}
