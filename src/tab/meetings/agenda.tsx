import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { Section } from "../parts/page.tsx";
import { Empty, ProblemBar } from "../parts/states.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { Raised } from "./raised.tsx";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  points: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXXL, display: "grid", gap: tokens.spacingVerticalXXS },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What is talked about; leads write it a point a line. */
export function Agenda({ meeting, canEdit, leads }: { readonly meeting: MeetingDetails; readonly canEdit: boolean; readonly leads: boolean }) {
  const styles = useStyles();
  const { items, isDraft } = meeting.agenda;
  const [draft, setDraft] = useState<string | null>(null);
  const { change, isPending, error, reset } = useChange(meeting.id);
  const { heading, expect } = useKeptFocus();
  const points = (draft ?? "").split("\n").map((point) => point.trim()).filter((point) => point !== "");
  const close = () => {
    expect();
    setDraft(null);
    reset();
  };
  // What went wrong is on the screen already; the text stays in its field.
  const save = (agenda: string[] | null) => void change({ agenda }).then(close, () => undefined);
  const faults = error instanceof ApiFault ? error.errors : [];
  return (
    <Section
      title="Agenda"
      headingRef={heading}
      actions={canEdit && draft === null && <Button onClick={() => setDraft(items.join("\n"))}>Edit the agenda</Button>}
    >
      {draft === null ? (
        <>
          {isDraft && items.length > 0 && (
            <Text className={styles.quiet}>
              A draft, made of what people want to raise and what the check-ins show.
              {canEdit && " The card of the day before shows it as it is then; once you edit it, every card shows yours."}
            </Text>
          )}
          {items.length === 0 ? (
            <Empty>{leads ? "Nothing is on it yet: nobody has raised anything." : "It isn’t settled yet. Say with your answer what you want to raise."}</Empty>
          ) : (
            <ol className={styles.points}>
              {items.map((item, place) => (
                <li key={place}>{item}</li>
              ))}
            </ol>
          )}
          {leads && <Raised people={meeting.people} />}
        </>
      ) : (
        <>
          <Field
            label="One point a line"
            hint="20 points at most. Everybody who was invited sees it on their card. Don’t name patients."
            {...(faults.length === 0 ? {} : { validationState: "error", validationMessage: faults.map(({ path, message }) => `${lineOf(path)}${message}`).join(" ") })}
          >
            <Textarea autoFocus resize="vertical" rows={8} value={draft} onChange={(_event, { value }) => setDraft(value)} />
          </Field>
          {error !== null && faults.length === 0 && <ProblemBar message={inWords(error)} />}
          <div className={styles.buttons}>
            <Button appearance="primary" disabledFocusable={isPending || points.length === 0} onClick={() => save(points)}>
              {isPending ? "Saving…" : "Save the agenda"}
            </Button>
            {!isDraft && (
              <Button disabledFocusable={isPending} onClick={() => save(null)}>
                Go back to the draft
              </Button>
            )}
            <Button onClick={close}>Not now</Button>
          </div>
        </>
      )}
    </Section>
  );
}

/** "Line 2: " for the path of a point of the agenda. */
function lineOf(path: string): string {
  const place = /^agenda\.(\d+)$/.exec(path)?.[1];
  return place === undefined ? "" : `Line ${Number(place) + 1}: `;
}
