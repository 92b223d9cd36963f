import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { TeamHistory } from "../../features/check-ins/contract.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { questionsOf } from "./team-questions.ts";

type Opening = TeamHistory["history"][number];
type Answer = Opening["answers"][number];

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 16rem), 1fr))",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
  },
  value: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  said: { display: "block", "::first-letter": { textTransform: "uppercase" } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What a team answered: the present or latest answer in full, and a table of all within 52 weeks. */
export function TeamAnswers({ team: { name, asOf, history } }: { readonly team: TeamHistory }) {
  const styles = useStyles();
  const latest = history.at(-1);
  if (latest === undefined) return null;
  const columns: readonly Column<Opening>[] = [
    { title: "Check-in", cell: ({ opensOn }) => day(opensOn), width: 12 },
    ...questionsOf(history).map(({ id, words }) => ({
      title: words,
      cell: ({ answers }: Opening) => <Said answer={answers.find(({ question }) => question === id)} />,
      width: 11,
    })),
  ];
  return (
    <>
      <Section title={latest.opensOn === asOf ? "Its present answer" : `Its latest answer, of ${day(latest.opensOn)}`}>
        <dl className={styles.list}>
          {latest.answers.map((answer) => (
            <div key={answer.question}>
              <dt>
                <Text size={200} className={styles.quiet}>
                  {answer.words}
                </Text>
              </dt>
              <dd className={styles.value}>
                <Said answer={answer} />
              </dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="All answers over 52 weeks">
        <DataTable caption={`Answers of ${name}`} columns={columns} rows={history.toReversed()} keyOf={({ opensOn }) => opensOn} />
      </Section>
    </>
  );
}

function Said({ answer }: { readonly answer: Answer | undefined }) {
  const styles = useStyles();
  if (answer === undefined) return null;
  return (
    <span className={styles.said}>
      {answer.value}{" "}
      {answer.carried && (
        <Badge appearance="outline" size="small" color="informative">
          Carried forward
        </Badge>
      )}
    </span>
  );
}
