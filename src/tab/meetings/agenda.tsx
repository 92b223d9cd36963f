import { Button, Field, Text, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { Section } from "../parts/page.tsx";
import { Empty, ProblemBar } from "../parts/states.tsx";
import { useChange } from "./use-change.ts";

/** What is talked about; leads write it a point a line. */
export function Agenda({ meeting, canEdit }: { readonly meeting: MeetingDetails; readonly canEdit: boolean }) {
  const { items, isDraft } = meeting.agenda;
  const [draft, setDraft] = useState<string | null>(null);
  const { change, isPending, error } = useChange(meeting.id);
  const points = (draft ?? "").split("\n").map((point) => point.trim()).filter((point) => point !== "");
  const save = async (agenda: string[] | null) => {
    await change({ agenda });
    setDraft(null);
  };
  // What went wrong is on the screen already; the text stays in its field.
  const trySave = (agenda: string[] | null) => void save(agenda).catch(() => undefined);
  const fault = error instanceof ApiFault ? error.errors.map(({ message }) => message).join(" ") : "";
  return (
    <Section
      title="Agenda"
      actions={canEdit && draft === null && <Button onClick={() => setDraft(items.join("\n"))}>Edit the agenda</Button>}
    >
      {draft === null ? (
        <>
          {isDraft && <Text>A draft, made of what people raised and what the check-ins show.</Text>}
          {items.length === 0 ? (
            <Empty>There is nothing on it yet.</Empty>
          ) : (
            <ol style={{ margin: 0 }}>
              {items.map((item) => (
                <li key={item}>
                  <Text>{item}</Text>
                </li>
              ))}
            </ol>
          )}
        </>
      ) : (
        <>
          <Field
            label="One point a line"
            hint="20 points at most. Don’t name patients."
            {...(fault === "" ? {} : { validationState: "error", validationMessage: fault })}
          >
            <Textarea autoFocus resize="vertical" rows={6} value={draft} onChange={(_event, { value }) => setDraft(value)} />
          </Field>
          {error !== null && <ProblemBar message={inWords(error)} />}
          <div style={{ display: "flex", flexWrap: "wrap", gap: "8px" }}>
            <Button appearance="primary" disabled={isPending || points.length === 0} onClick={() => trySave(points)}>
              {isPending ? "Saving…" : "Save the agenda"}
            </Button>
            {!isDraft && (
              <Button disabled={isPending} onClick={() => trySave(null)}>
                Go back to the draft
              </Button>
            )}
            <Button disabled={isPending} onClick={() => setDraft(null)}>
              Not now
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}
