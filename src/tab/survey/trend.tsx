import type { ResultSummary } from "../../features/pulse/contract.ts";
import { day } from "../parts/dates.ts";
import { DataTable } from "../parts/table.tsx";
import { scoreInWords } from "./words.ts";

/** The score over the surveys so far; nothing for the first one. */
export function Trend({ points }: { readonly points: ResultSummary["trend"] }) {
  if (points.length < 2) return null;
  return (
    <DataTable
      caption="The score over time"
      rows={points}
      keyOf={({ wave }) => wave}
      columns={[
        { title: "Survey", cell: ({ openedOn }) => day(openedOn), width: 14 },
        { title: "Score", cell: ({ score }) => scoreInWords(score), width: 18 },
        { title: "Answered", cell: ({ responseRate }) => (responseRate === null ? "" : `about ${responseRate} %`), isNumber: true, width: 8 },
      ]}
    />
  );
}
