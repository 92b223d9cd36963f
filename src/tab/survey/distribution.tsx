import type { DistributionResource } from "../../features/pulse/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { CountBars } from "../charts/count-bars.tsx";
import { Withheld } from "../parts/states.tsx";
import { labelsInWords } from "./words.ts";

export interface DistributionProps {
  readonly distribution: DistributionResource;
  /** What spreads: "Scores by band". */
  readonly name: string;
}

/** How answers or scores spread, a bar for each; neighbours that few chose stand together. */
export function Spread({ distribution, name }: DistributionProps) {
  if (distribution.kind === "suppressed") return <Withheld words={distribution.words} />;
  return (
    <CountBars
      label={name}
      isShort
      of={100}
      format={percentInWords}
      bars={distribution.parts.map(({ labels, percent }) => ({ key: labels.join(), words: labelsInWords(labels), count: percent }))}
    />
  );
}

/** The same with a sentence above it and the table behind it. */
export function Distribution({ distribution, name, summary }: DistributionProps & { readonly summary: string }) {
  if (distribution.kind === "suppressed") return <Withheld words={distribution.words} />;
  return (
    <Chart
      summary={summary}
      table={{
        caption: name,
        rows: distribution.parts,
        keyOf: ({ labels }) => labels.join(),
        columns: [
          { title: "Score", cell: ({ labels }) => labelsInWords(labels), width: 12 },
          { title: "People", cell: ({ percent }) => percentInWords(percent), isNumber: true, width: 6 },
        ],
      }}
    >
      <Spread distribution={distribution} name={name} />
    </Chart>
  );
}

export function percentInWords(percent: number): string {
  return `${percent}%`;
}
