import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { Decision } from "../../features/overview/contract.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { linkTo } from "./words.ts";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: "none" },
  item: { display: "flex", flexWrap: "wrap", gap: `0 ${tokens.spacingHorizontalS}` },
});

/** What waits for a decision, each with the page where it can be made. */
export function Decisions({ decisions, isFirst }: { readonly decisions: readonly Decision[]; readonly isFirst: boolean }) {
  const styles = useStyles();
  return (
    <Section title={isFirst ? "What needs a decision" : "What else needs a decision"}>
      {decisions.length === 0 ? (
        <Empty>Nothing waits for a decision of yours.</Empty>
      ) : (
        <ul className={styles.list}>
          {decisions.map((decision) => {
            const { to, words } = linkTo(decision);
            return (
              <li key={`${decision.kind} ${decision.id ?? ""}`} className={styles.item}>
                <Text>{decision.text}</Text>
                <PageLink to={to}>{words}</PageLink>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
