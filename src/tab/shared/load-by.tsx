import { makeStyles, Radio, RadioGroup, Text, tokens } from "@fluentui/react-components";
import type { CaseloadSummary, SummaryGroup } from "../../features/check-ins/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { loadAxis, loadMeaning, loadStates, notSpare, percent, rangeOf } from "../charts/load.ts";
import { type RangeBar, RangeBars } from "../charts/range-bars.tsx";
import { groupsInWords, number, sentence } from "../check-ins/words.ts";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import type { Column } from "../parts/table.tsx";
import { notShown } from "./words.ts";

type By = CaseloadSummary["by"];
const isBy = (value: string): value is By => value === "area" || value === "place";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2, maxWidth: "80ch" } });

export interface LoadByProps {
  readonly summary: CaseloadSummary;
  /** What the figures are to be grouped by, once that is read. */
  readonly chosen: By;
  readonly onBy: (by: By) => void;
}

/** Each area's or place's load against the guide range, and why some stand together or don't show. */
export function LoadBy({ summary: { by, total, groups, withheld }, chosen, onBy }: LoadByProps) {
  const styles = useStyles();
  const rows = [{ ...total, name: "All teams" }, ...groups];
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
      {groups.length === 0 ? (
        <Empty>Nothing can be shown by {by}, because too few teams answered. {withheld}</Empty>
      ) : (
        <>
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
            {withheld} {notSpare} {loadMeaning}
          </Text>
        </>
      )}
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
    words: `${last12Weeks === null ? notShown : sentence(last12Weeks.words)}. ${sentence(coverage)}`,
  };
}

const columnsBy = (by: By): readonly Column<SummaryGroup>[] => [
  { title: by === "area" ? "Area" : "Place", cell: ({ name }) => name, width: 13 },
  { title: "Behind it", cell: ({ coverage }) => coverage, width: 13 },
  { title: "State", cell: ({ last12Weeks }) => (last12Weeks === null ? notShown : loadStates[last12Weeks.state].words), width: 12 },
  { title: "Load, 12 weeks", cell: ({ last12Weeks }) => loadOf(last12Weeks), isNumber: true, width: 7 },
  { title: "Load, 52 weeks", cell: ({ last52Weeks }) => loadOf(last52Weeks), isNumber: true, width: 7 },
  { title: "In numbers, 12 weeks", cell: ({ last12Weeks }) => (last12Weeks === null ? notShown : sentence(last12Weeks.words)), width: 18 },
  { title: "WTE needed", cell: ({ wteNeeded }) => (wteNeeded === null ? notShown : number(wteNeeded)), isNumber: true, width: 7 },
  { title: "People waiting", cell: ({ waiting }) => (waiting === null ? notShown : number(waiting)), isNumber: true, width: 7 },
];

function loadOf(load: SummaryGroup["last12Weeks"]): string {
  return load === null ? notShown : percent(load.load);
}
