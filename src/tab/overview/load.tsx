import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { Overview } from "../../features/overview/contract.ts";
import { day } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { loadInWords } from "./words.ts";

const useStyles = makeStyles({ lines: { display: "grid", gap: tokens.spacingVerticalXXS }, quiet: { color: tokens.colorNeutralForeground2 } });

/** The load of all the lead's teams in one line, and who stands behind it; nothing before the first check-in. */
export function Load({ overview: { asOf, coverage, load } }: { readonly overview: Overview }) {
  const styles = useStyles();
  if (asOf === null) return null;
  return (
    <Section title="Load" actions={<PageLink to="check-ins">By area and place</PageLink>}>
      <div className={styles.lines}>
        <Text>{loadInWords(load)}</Text>
        <Text size={200} className={styles.quiet}>
          Answered in the check-in of {day(asOf)}: {coverage}.
        </Text>
      </div>
    </Section>
  );
}
