import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ChangeResource, type ResultSummary } from "../../features/pulse/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Empty, ProblemBar } from "../parts/states.tsx";

interface ChangesProps {
  readonly wave: string;
  readonly changes: ResultSummary["changes"];
  readonly canWrite: boolean;
}

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalM, margin: 0 },
  said: { display: "grid" },
  form: { display: "grid", gap: tokens.spacingVerticalM, justifyItems: "start", "& > *": { width: "100%" } },
});

/** You said, we did: what changed after a survey. */
export function Changes({ wave, changes, canWrite }: ChangesProps) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const send = useSend<ChangeResource>(["pulse"]);
  const fault = send.error instanceof ApiFault ? send.error.errors.map(({ message }) => message).join(" ") : "";
  return (
    <Section title="You said, we did">
      {changes.length === 0 ? (
        <Empty>Nothing has been published for this survey yet.</Empty>
      ) : (
        <ul className={styles.list}>
          {changes.map(({ text: what, publishedAt }) => (
            <li key={publishedAt}>
              <span className={styles.said}>
                <Text>{what}</Text>
                <Text size={200}>{day(publishedAt)}</Text>
              </span>
            </li>
          ))}
        </ul>
      )}
      {canWrite && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            send.mutate({ path: `pulse-waves/${wave}/changes`, body: { text }, schema: ChangeResource }, { onSuccess: () => setText("") });
          }}
        >
          <Field
            label="What changed since"
            hint="It goes out with the next card that people get anyway."
            {...(fault === "" ? {} : { validationState: "error", validationMessage: fault })}
          >
            <Textarea resize="vertical" value={text} onChange={(_event, { value }) => setText(value)} />
          </Field>
          {send.error !== null && fault === "" && <ProblemBar message={inWords(send.error)} />}
          <div>
            <Button type="submit" disabled={send.isPending || text.trim() === ""}>
              {send.isPending ? "Publishing…" : "Publish"}
            </Button>
            <Text role="status"> {send.isSuccess ? "Published." : ""}</Text>
          </div>
        </form>
      )}
    </Section>
  );
}
