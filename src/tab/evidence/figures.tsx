import type { EvidenceFigure } from "../../features/evidence/contract.ts";
import { DataTable } from "../parts/table.tsx";

/** The summary's figures in words, each with who stands behind it. */
export function Figures({ figures }: { readonly figures: readonly EvidenceFigure[] }) {
  return (
    <DataTable
      caption="Figures"
      rows={figures}
      keyOf={({ label }) => label}
      columns={[
        { title: "What", cell: ({ label }) => label, width: 14 },
        { title: "Figure", cell: ({ words }) => words, width: 20 },
        { title: "Behind it", cell: ({ coverage }) => coverage, width: 14 },
      ]}
    />
  );
}
