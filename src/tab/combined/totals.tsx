import type { SummaryGroup } from "../../features/check-ins/contract.ts";
import { percent } from "../charts/load.ts";
import { Stat, Stats } from "../parts/stat.tsx";
import { number } from "../parts/words.ts";
import { notShown, standingInWords, tooFewTeams } from "./words.ts";

/** The combined figures of a group of teams that are shown everywhere. */
export type CombinedTotal = Pick<SummaryGroup, "last12Weeks" | "last52Weeks" | "waiting" | "wteNeeded">;

/** How a group of teams stands, in figures. */
export function TotalStats({ total: { last12Weeks, last52Weeks, waiting, wteNeeded } }: { readonly total: CombinedTotal }) {
  return (
    <Stats>
      <Stat name="Load over 12 weeks" value={last12Weeks === null ? null : percent(last12Weeks.load)} missing={notShown}>
        {last12Weeks === null ? tooFewTeams : standingInWords(last12Weeks)}
      </Stat>
      <Stat name="Load over 52 weeks" value={last52Weeks === null ? null : percent(last52Weeks.load)} missing={notShown}>
        {last52Weeks === null ? tooFewTeams : standingInWords(last52Weeks)}
      </Stat>
      <Stat name="WTE needed to return to the range" value={wteNeeded === null ? null : number(wteNeeded)} missing={notShown}>
        {wteNeeded === null ? tooFewTeams : "Summed over the teams above it. Teams below it take nothing off."}
      </Stat>
      <Stat name="People waiting" value={waiting === null ? null : number(waiting)} missing={notShown}>
        {waiting === null ? tooFewTeams : "Over the teams that know"}
      </Stat>
    </Stats>
  );
}
