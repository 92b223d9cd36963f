import { makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import type { CaseloadSummary, SummaryGroup } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, loadStates, percent, rangeOf } from "../charts/load.ts";
import { RangeBars } from "../charts/range-bars.tsx";
import type { Column } from "../parts/table.tsx";
import { sentence } from "../parts/words.ts";
import { groupsInWords } from "./words.ts";

export type By = CaseloadSummary["by"];
const isBy = (value: string): value is By => value === "area" || value === "place";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2, maxWidth: "80ch" } });

/** Whether teams are grouped by area or by place. */
export function ByChoice({ chosen, onBy }: { readonly chosen: By; readonly onBy: (by: By) => void }) {
  return (
    <RadioGroup layout="horizontal" aria-label="Group the teams" value={chosen} onChange={(_event, { value }) => isBy(value) && onBy(value)}>
      <Radio value="area" label="By area" />
      <Radio value="place" label="By place" />
    </RadioGroup>
  );
}

export interface GroupBarsProps {
  readonly by: By;
  readonly groups: readonly SummaryGroup[];
  /** The groups, with all of them together where that says more. */
  readonly rows: readonly SummaryGroup[];
  /** The table behind the chart. */
  readonly columns: readonly Column<SummaryGroup>[];
  /** What stands in place of a load that there is none of. */
  readonly missing: string;
  /** What the figures rest on. */
  readonly basis: string;
}

/** Each group's load against its guide range. */
export function GroupBars({ by, groups, rows, columns, missing, basis }: GroupBarsProps) {
  const styles = useStyles();
  return (
    <>
      <Chart summary={groupsInWords(groups, by)} table={{ caption: `Load by ${by}`, columns, rows, keyOf: ({ name }) => name }}>
        <RangeBars
          label={`Load by ${by}`}
          names={{ value: "12 weeks", beside: "52 weeks", range: "Guide range" }}
          format={percent}
          most={loadAxis}
          bars={rows.map(({ name, last12Weeks, last52Weeks, coverage }) => ({
            key: name,
            name,
            value: last12Weeks?.load ?? null,
            range: rangeOf(last12Weeks),
            state: last12Weeks === null ? null : loadStates[last12Weeks.state],
            beside: last52Weeks?.load ?? null,
            words: `${last12Weeks === null ? missing : sentence(last12Weeks.words)}. ${sentence(coverage)}`,
          }))}
        />
      </Chart>
      <Text size={200} className={styles.quiet}>
        {basis}
      </Text>
    </>
  );
}
