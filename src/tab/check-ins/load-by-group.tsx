import type { SummaryGroup } from "../../features/check-ins/contract.ts";
import { percent } from "../charts/load.ts";
import { type By, ByChoice, GroupBars } from "../load/group-bars.tsx";
import { stateInWords } from "../load/words.ts";
import { Section } from "../parts/page.tsx";
import type { Column } from "../parts/table.tsx";
import { number, sentence } from "../parts/words.ts";

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
  const rows = groups.length === 1 ? groups : [{ ...total, name: "All your teams" }, ...groups];
  return (
    <Section title="Load against the guide range" actions={<ByChoice chosen={chosen} onBy={onBy} />}>
      <GroupBars by={by} groups={groups} rows={rows} columns={columnsBy(by)} missing="Can’t be calculated" basis={basis} />
    </Section>
  );
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
