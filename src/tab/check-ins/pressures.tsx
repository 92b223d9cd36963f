import type { Details } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { CountBars } from "../charts/count-bars.tsx";
import { Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { Empty } from "../parts/states.tsx";
import { counted } from "../parts/words.ts";

/** What people bring more of, and whether appointments are long enough for it. */
export function Pressures({ details: { pressures, appointmentsLongEnough } }: { readonly details: Details }) {
  return (
    <Section title="Pressures">
      {pressures === null ? (
        <Empty>No team has said within 26 weeks what people bring more of.</Empty>
      ) : (
        <Chart
          summary={`What people bring more of; a team may name several. ${pressures.words}.`}
          table={{
            caption: "What people bring more of",
            rows: pressures.items,
            keyOf: ({ pressure }) => pressure,
            columns: [
              { title: "Pressure", cell: ({ words }) => words, width: 16 },
              { title: "Teams", cell: ({ teams }) => teams, isNumber: true, width: 6 },
            ],
          }}
        >
          <CountBars
            label="What people bring more of"
            format={(teams) => counted(teams, "team")}
            of={pressures.teams}
            bars={pressures.items.map(({ pressure, words, teams }) => ({ key: pressure, words, count: teams }))}
          />
        </Chart>
      )}
      <Stats>
        <Stat
          name="Teams whose appointments are long enough"
          value={appointmentsLongEnough === null ? null : `${appointmentsLongEnough.teams} of ${appointmentsLongEnough.of}`}
        >
          {appointmentsLongEnough?.words}
        </Stat>
      </Stats>
    </Section>
  );
}
