import { makeStyles, mergeClasses, Text, tokens } from "@fluentui/react-components";
import type { Evidence, EvidenceBreakdown } from "../../features/evidence/contract.ts";
import { loadMeaning, notSpare } from "../charts/load.ts";
import { LoadTrend } from "../load/load-trend.tsx";
import { Section } from "../parts/page.tsx";
import { Stats } from "../parts/stat.tsx";
import { PressureBars, Reasons, ReferralStats, WorkforceStats, YesStat } from "../combined/details.tsx";
import { LoadTable } from "./load-table.tsx";
import { ReportPulse } from "./report-pulse.tsx";
import { TotalStats } from "../combined/totals.tsx";

const useStyles = makeStyles({
  page: { display: "grid", gap: tokens.spacingVerticalXL, gridTemplateColumns: "minmax(0, 1fr)", "@media print": { gap: tokens.spacingVerticalM } },
  second: { "@media print": { breakBefore: "page" } },
  sides: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 24rem), 1fr))",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXXL}`,
    alignItems: "start",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  notes: { columnWidth: "18rem", columnGap: tokens.spacingHorizontalXXL },
  note: { breakInside: "avoid", margin: `0 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase200, lineHeight: "15px" },
});

/** What stands on the report's two pages: caseload on the first, places, survey and method on the second. */
export function ReportPages({ pack }: { readonly pack: Evidence }) {
  const styles = useStyles();
  const { paragraph, byArea, byPlace, trend, asOf, details, pulse, method, caveats } = pack;
  const trendWords = trend.points.length === 0 ? trend.note : `At each check-in, of the teams that answered it. ${loadMeaning}`;
  return (
    <>
      <div className={styles.page}>
        <Section title="In short">
          <Text>{paragraph}</Text>
          <TotalStats total={byArea.total} />
        </Section>
        <Section title="Load by area">
          <Breakdown of={byArea} what="Area" />
        </Section>
        <div className={styles.sides}>
          <Section title="Load over 52 weeks">
            <LoadTrend trend={trend.points} asOf={asOf} load={byArea.total.last12Weeks} summary={trendWords} name="all teams" />
          </Section>
          {details !== null && (
            <Section title="Workforce and referrals">
              <Stats>
                <WorkforceStats details={details} />
                <ReferralStats details={details} />
                <YesStat name="Teams whose appointments are long enough" of={details.appointmentsLongEnough} />
              </Stats>
            </Section>
          )}
        </div>
        {details !== null && (
          <Section title="Reasons and pressures">
            <div className={styles.sides}>
              <Reasons details={details} />
              <PressureBars details={details} />
            </div>
          </Section>
        )}
      </div>
      <div className={mergeClasses(styles.page, styles.second)}>
        <Section title="Load by place">
          <Breakdown of={byPlace} what="Place" said={byArea.note} />
        </Section>
        <ReportPulse pulse={pulse} />
        <Section title="Method and caveats">
          <div className={styles.notes}>
            {[...method, ...caveats].map(({ heading, text }) => (
              <p key={heading} className={styles.note}>
                <strong>{heading}.</strong> {text}
              </p>
            ))}
          </div>
        </Section>
      </div>
    </>
  );
}

interface BreakdownProps {
  readonly of: EvidenceBreakdown;
  readonly what: string;
  /** A note that stands further up already. */
  readonly said?: string;
}

function Breakdown({ of: { groups, total, note }, what, said }: BreakdownProps) {
  const styles = useStyles();
  return (
    <>
      {groups.length > 0 && <LoadTable what={what} rows={[{ ...total, name: "All teams" }, ...groups]} />}
      {note !== said && (
        <Text size={200} className={styles.quiet}>
          {note} {notSpare}
        </Text>
      )}
    </>
  );
}
