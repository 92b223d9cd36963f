import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ResultSummary } from "../../features/pulse/contract.ts";
import { Chart } from "../charts/chart.tsx";
import { Section } from "../parts/page.tsx";
import { percentInWords, Spread } from "./distribution.tsx";
import { labelsInWords } from "./words.ts";

type Item = ResultSummary["items"][number];

const useStyles = makeStyles({
  items: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 26rem), 1fr))",
    gap: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
  },
  item: { display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: tokens.spacingVerticalS, alignContent: "start", breakInside: "avoid" },
});

/** How the answers to each question spread. */
export function Questions({ items }: { readonly items: readonly Item[] }) {
  const styles = useStyles();
  if (items.length === 0) return null;
  return (
    <Section title="Question by question">
      <Chart
        summary="Of those who answered a question. Answers that few chose stand together with the next one."
        table={{
          caption: "Answers by question",
          rows: items.flatMap(rowsOf),
          keyOf: ({ key }) => key,
          columns: [
            { title: "Question", cell: ({ question }) => question, width: 22 },
            { title: "Answer", cell: ({ answer }) => answer, width: 16 },
            { title: "People", cell: ({ percent }) => percent, isNumber: true, width: 6 },
          ],
        }}
      >
        <div className={styles.items}>
          {items.map(({ id, text, distribution }) => (
            <div key={id} className={styles.item}>
              <Text as="h3" weight="semibold" style={{ margin: 0 }}>
                {text}
              </Text>
              <Spread distribution={distribution} name={text} />
            </div>
          ))}
        </div>
      </Chart>
    </Section>
  );
}

function rowsOf({ id, text, distribution }: Item) {
  if (distribution.kind === "suppressed") return [{ key: id, question: text, answer: distribution.words, percent: "" }];
  return distribution.parts.map(({ labels, percent }) => ({
    key: `${id} ${labels.join()}`,
    question: text,
    answer: labelsInWords(labels),
    percent: percentInWords(percent),
  }));
}
