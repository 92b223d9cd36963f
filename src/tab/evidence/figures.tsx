import type { EvidenceFigure } from "../../features/evidence/contract.ts";
import { DataTable } from "../parts/table.tsx";
import { valueInWords } from "./words.ts";
import { sentence } from "../parts/words.ts";

/** The summary's figures, each in words and with who stands behind it. */
export function Figures({ figures }: { readonly figures: readonly EvidenceFigure[] }) {
  return (
    <DataTable
      caption="Figures"
      rows={figures}
      keyOf={({ label }) => label}
      columns={[
        { title: "What", cell: ({ label }) => label, width: 9 },
        { title: "Figure", cell: valueInWords, isNumber: true, width: 7.5 },
        { title: "In words", cell: ({ words }) => sentence(words), width: 22 },
        { title: "Behind it", cell: ({ coverage }) => coverage, width: 14 },
      ]}
    />
  );
}
