import type { CaseloadSummary, SummaryGroup } from "../../features/check-ins/contract.ts";
import { loadMeaning, loadStates, notSpare, percent } from "../charts/load.ts";
import { notShown } from "../combined/words.ts";
import { type By, ByChoice, GroupBars } from "../load/group-bars.tsx";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import type { Column } from "../parts/table.tsx";
import { number, sentence } from "../parts/words.ts";

export interface LoadByProps {
  readonly summary: CaseloadSummary;
  /** What the figures are to be grouped by, once that is read. */
  readonly chosen: By;
  readonly onBy: (by: By) => void;
}

/** Each area's or place's load against the guide range, and why some stand together or don't show. */
export function LoadBy({ summary: { by, total, groups, withheld }, chosen, onBy }: LoadByProps) {
  return (
    <Section title="Load against the guide range" actions={<ByChoice chosen={chosen} onBy={onBy} />}>
      {groups.length === 0 ? (
        <Empty>Nothing can be shown by {by}, because too few teams answered. {withheld}</Empty>
      ) : (
        <GroupBars
          by={by}
          groups={groups}
          rows={[{ ...total, name: "All teams" }, ...groups]}
          columns={columnsBy(by)}
          missing={notShown}
          basis={`${withheld === null ? "" : `${withheld} `}${notSpare} ${loadMeaning}`}
        />
      )}
    </Section>
  );
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
