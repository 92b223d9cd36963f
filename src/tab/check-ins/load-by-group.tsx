import { makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import type { CaseloadSummary, SummaryGroup } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, loadStates, percent, rangeOf } from "../charts/load.ts";
import { type RangeBar, RangeBars } from "../charts/range-bars.tsx";
import { Section } from "../parts/page.tsx";
import type { Column } from "../parts/table.tsx";
import { groupsInWords, number, sentence, stateInWords } from "./words.ts";

type By = CaseloadSummary["by"];
const isBy = (value: string): value is By => value === "area" || value === "place";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2, maxWidth: "80ch" } });

export interface LoadByGroupProps {
  /** What the figures are grouped by. */
  readonly by: By;
  /** What they are to be grouped by, once that is read. */
  readonly chosen: By;
  readonly onBy: (by: By) => void;
  readonly total: SummaryGroup;
  readonly groups: readonly SummaryGroup[];
  /** What the figures rest on. */
  readonly basis: string;
}

/** Each area's or place's load against the guide range, with all of them together first. */
export function LoadByGroup({ by, chosen, onBy, total, groups, basis }: LoadByGroupProps) {
  const styles = useStyles();
  const rows = groups.length === 1 ? groups : [{ ...total, name: "All your teams" }, ...groups];
  return (
    <Section
      title="Load against the guide range"
      actions={
        <RadioGroup layout="horizontal" aria-label="Group the teams" value={chosen} onChange={(_event, { value }) => isBy(value) && onBy(value)}>
          <Radio value="area" label="By area" />
          <Radio value="place" label="By place" />
        </RadioGroup>
      }
    >
      <Chart summary={groupsInWords(groups, by)} table={{ caption: `Load by ${by}`, columns: columnsBy(by), rows, keyOf: ({ name }) => name }}>
        <RangeBars
          label={`Load by ${by}`}
          names={{ value: "12 weeks", beside: "52 weeks", range: "Guide range" }}
          format={percent}
          most={loadAxis}
          bars={rows.map(barOf)}
        />
      </Chart>
      <Text size={200} className={styles.quiet}>
        {basis}
      </Text>
    </Section>
  );
}

function barOf({ name, last12Weeks, last52Weeks, coverage }: SummaryGroup): RangeBar {
  return {
    key: name,
    name,
    value: last12Weeks?.load ?? null,
    range: rangeOf(last12Weeks),
    state: last12Weeks === null ? null : loadStates[last12Weeks.state],
    beside: last52Weeks?.load ?? null,
    words: `${last12Weeks === null ? "Can’t be calculated" : sentence(last12Weeks.words)}. ${coverage}`,
  };
}

const columnsBy = (by: By): readonly Column<SummaryGroup>[] => [
  { title: by === "area" ? "Area" : "Place", cell: ({ name }) => name, width: 11 },
  { title: "Answered", cell: ({ coverage }) => coverage, width: 13 },
  { title: "State", cell: ({ last12Weeks }) => stateInWords(last12Weeks), width: 12 },
  {
    title: "Load, 12 weeks",
    cell: ({ last12Weeks }) => (last12Weeks === null ? "" : percent(last12Weeks.load)),
    isNumber: true,
    width: 7,
  },
  {
    title: "Load, 52 weeks",
    cell: ({ last52Weeks }) => (last52Weeks === null ? "" : percent(last52Weeks.load)),
    isNumber: true,
    width: 7,
  },
  {
    title: "In numbers",
    cell: ({ last12Weeks }) => (last12Weeks === null ? "" : sentence(last12Weeks.words)),
    width: 18,
  },
  { title: "Teams above", cell: ({ teamsAbove }) => teamsAbove ?? "", isNumber: true, width: 6 },
  {
    title: "WTE needed",
    cell: ({ wteNeeded }) => (wteNeeded === null ? "" : number(wteNeeded)),
    isNumber: true,
    width: 6,
  },
  {
    title: "People waiting",
    cell: ({ waiting }) => (waiting === null ? "" : number(waiting)),
    isNumber: true,
    width: 7,
  },
  { title: "Longest wait, weeks", cell: ({ longestWaitWeeks }) => longestWaitWeeks ?? "", isNumber: true, width: 8 },
];
