import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ScoreResource } from "../../features/pulse/contract.ts";
import { Withheld } from "../parts/states.tsx";
import { likelyRange } from "./words.ts";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: `0 ${tokens.spacingHorizontalM}` },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A score with how sure it is, or why it isn't shown. */
export function Score({ score }: { readonly score: ScoreResource }) {
  const styles = useStyles();
  if (score.kind === "suppressed") return <Withheld words={score.words} />;
  const { low, high } = likelyRange(score);
  return (
    <div className={styles.line}>
      <Text size={800} weight="semibold">
        {score.score}
      </Text>
      <Text className={styles.quiet}>
        of 100, likely {low} to {high}; about {score.people} people. Higher is more burnt out.
      </Text>
    </div>
  );
}
