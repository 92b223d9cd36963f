import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ResultSummary } from "../../features/pulse/contract.ts";
import { day } from "../parts/dates.ts";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: "none", maxWidth: "80ch" },
  change: { display: "grid", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What changed after a survey, each with its day. */
export function ChangeList({ changes }: { readonly changes: ResultSummary["changes"] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="You said, we did">
      {changes.map(({ text, publishedAt }) => (
        <li key={publishedAt} className={styles.change}>
          <Text>{text}</Text>
          <Text size={200} className={styles.quiet}>
            {day(publishedAt)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
