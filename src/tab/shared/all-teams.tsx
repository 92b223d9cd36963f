import { type CombinedTotal, TotalStats } from "../combined/totals.tsx";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";

export interface AllTeamsProps {
  /** An ISO date. */
  readonly asOf: string;
  readonly coverage: string;
  readonly total: CombinedTotal;
}

/** The figures of all teams together, with who stands behind them. */
export function AllTeams({ asOf, coverage, total }: AllTeamsProps) {
  return (
    <Section title={`All teams, as of ${day(asOf)}: ${coverage}`}>
      <TotalStats total={total} />
    </Section>
  );
}
