import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { EvidencePulse } from "../../features/evidence/contract.ts";
import { Section } from "../parts/page.tsx";
import { Withheld } from "../parts/states.tsx";
import { Distribution } from "../survey/distribution.tsx";
import { Score } from "../survey/score.tsx";
import { Trend } from "../survey/trend.tsx";
import { scoreInWords } from "../survey/words.ts";

const useStyles = makeStyles({
  sides: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 22rem), 1fr))",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXXL}`,
    alignItems: "start",
  },
  side: { display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: tokens.spacingVerticalM },
  groups: { margin: 0, padding: 0, listStyleType: "none", fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** The survey that was shared last, on half a page. */
export function ReportPulse({ pulse }: { readonly pulse: EvidencePulse }) {
  const styles = useStyles();
  const title = "How work is: the pulse survey";
  if (pulse.kind === "none") {
    return (
      <Section title={title}>
        <Withheld words={pulse.words} />
      </Section>
    );
  }
  const { coverage, covers, score, bands, instrument, groups, trend } = pulse;
  return (
    <Section title={title}>
      <Text>
        {instrument.title}. {covers} {coverage}
      </Text>
      <div className={styles.sides}>
        <div className={styles.side}>
          <Score score={score} />
          <Trend trend={trend} />
        </div>
        <div className={styles.side}>
          <Distribution distribution={bands} name="Scores by band" summary={instrument.bandsNote} />
          {groups.length > 0 && (
            <ul className={styles.groups} aria-label="Scores by reporting group">
              {groups.map((group) => (
                <li key={group.name}>
                  <strong>{group.name}:</strong> {scoreInWords(group.score)}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Section>
  );
}
