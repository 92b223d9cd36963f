import type { SummaryGroup } from "../../features/check-ins/contract.ts";
import { Section } from "../parts/page.tsx";
import { Stat, Stats } from "../parts/stat.tsx";
import { Empty } from "../parts/states.tsx";
import { LoadTrend } from "../load/load-trend.tsx";
import { Pressures } from "./pressures.tsx";
import { Referrals } from "./referrals.tsx";
import { Workforce } from "./workforce.tsx";
import { loadInWords } from "../load/words.ts";
import { counted, number } from "../parts/words.ts";

export interface FiguresOfProps {
  readonly of: SummaryGroup;
  /** Whose figures these are, within a sentence. */
  readonly name: string;
  /** The opening that they are as of, an ISO date. */
  readonly asOf: string;
}

/** What lies behind the load of some teams: its trend, who waits, and what the second cards said. */
export function FiguresOf({ of, name, asOf }: FiguresOfProps) {
  const { waiting, longestWaitWeeks, wteNeeded, teamsAbove, last12Weeks, last52Weeks, details } = of;
  return (
    <>
      <Section title={`Trend over 52 weeks: ${name}`}>
        <LoadTrend
          trend={of.trend}
          asOf={asOf}
          load={last12Weeks}
          summary={`${loadInWords(last12Weeks, 12)} ${loadInWords(last52Weeks, 52)}`}
          name={name}
        />
      </Section>
      <Section title="Waiting, and what it would take">
        <Stats>
          <Stat name="People waiting" value={waiting === null ? null : number(waiting)}>
            Over the teams that know
          </Stat>
          <Stat name="Longest wait" value={longestWaitWeeks === null ? null : counted(longestWaitWeeks, "week")} />
          <Stat name="Teams above the guide range" value={teamsAbove === null ? null : number(teamsAbove)}>
            Over 12 weeks, of {counted(last12Weeks?.teams ?? 0, "team")} whose load can be calculated
          </Stat>
          <Stat
            name="WTE needed to return to the range"
            value={wteNeeded === null ? null : number(wteNeeded)}
            missing="Can’t be calculated"
          >
            Summed over the teams above it
          </Stat>
        </Stats>
      </Section>
      {details === null ? (
        <Section title="Referrals, workforce and pressures">
          <Empty>No team has answered a second card within 26 weeks. It asks about one of these at a time.</Empty>
        </Section>
      ) : (
        <>
          <Referrals details={details} />
          <Workforce details={details} />
          <Pressures details={details} />
        </>
      )}
    </>
  );
}
