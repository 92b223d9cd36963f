import { Text } from "@fluentui/react-components";
import type { Details } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { CountBars } from "../charts/count-bars.tsx";
import { Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { counted, number } from "../parts/words.ts";

/** Referrals that needed another service and why, and where new ones are paused. */
export function Referrals({ details: { referrals, intakePaused } }: { readonly details: Details }) {
  return (
    <Section title="Referrals that needed another service">
      <Stats>
        <Stat name="Referrals that needed another service" value={referrals === null ? null : number(referrals.count)}>
          {referrals?.words}
        </Stat>
        <Stat
          name="Teams that paused new referrals"
          value={intakePaused === null ? null : `${intakePaused.teams} of ${intakePaused.of}`}
        >
          {intakePaused?.words}
        </Stat>
      </Stats>
      {referrals !== null && referrals.reasons.length > 0 && (
        <Chart
          summary="The main reason, as each team sees it"
          table={{
            caption: "Why referrals needed another service",
            rows: referrals.reasons,
            keyOf: ({ reason }) => reason,
            columns: [
              { title: "Main reason", cell: ({ words }) => words, width: 20 },
              { title: "Teams", cell: ({ teams }) => teams, isNumber: true, width: 6 },
            ],
          }}
        >
          <CountBars
            label="Why referrals needed another service"
            format={(teams) => counted(teams, "team")}
            bars={referrals.reasons.map(({ reason, words, teams }) => ({ key: reason, words, count: teams }))}
          />
        </Chart>
      )}
      {referrals !== null && referrals.reasons.length === 0 && <Text>No team has given a reason.</Text>}
    </Section>
  );
}
