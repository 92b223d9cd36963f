import { Button, Field, Input, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { ProblemBar } from "../parts/states.tsx";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "end" },
  wide: { flex: "2 1 14rem" },
  cell: { flex: "1 1 9rem" },
});

interface ActionDraft {
  readonly what: string;
  readonly who: string;
  readonly dueOn: string;
}

const isBlank = ({ what, who, dueOn }: ActionDraft) => what.trim() === "" && who.trim() === "" && dueOn === "";

/** Writes the notes of a meeting; they go to everybody who was invited, as a card. */
export function NotesForm({ meeting, onDone }: { readonly meeting: MeetingDetails; readonly onDone: () => void }) {
  const styles = useStyles();
  const [text, setText] = useState(meeting.notes?.text ?? "");
  const [actions, setActions] = useState<readonly ActionDraft[]>(
    (meeting.notes?.actions ?? []).map(({ what, who, dueOn }) => ({ what, who, dueOn: dueOn ?? "" })),
  );
  const { change, isPending, error } = useChange(meeting.id);
  const edit = (index: number, part: Partial<ActionDraft>) =>
    setActions(actions.map((action, place) => (place === index ? { ...action, ...part } : action)));
  const save = async () => {
    const kept = actions.filter((action) => !isBlank(action));
    await change({ notes: { text, actions: kept.map(({ dueOn, ...rest }) => ({ ...rest, dueOn: dueOn === "" ? null : dueOn })) } });
    onDone();
  };
  const errors = error instanceof ApiFault ? error.errors : [];
  return (
    <>
      <Field label="What was said and decided" hint="Don’t name patients or colleagues.">
        <Textarea autoFocus resize="vertical" rows={6} value={text} onChange={(_event, { value }) => setText(value)} />
      </Field>
      {actions.map((action, index) => (
        <div key={index} className={styles.row} role="group" aria-label={`Action ${index + 1}`}>
          <Field label="What" className={styles.wide}>
            <Input value={action.what} onChange={(_event, { value }) => edit(index, { what: value })} />
          </Field>
          <Field label="Who" className={styles.cell}>
            <Input value={action.who} onChange={(_event, { value }) => edit(index, { who: value })} />
          </Field>
          <Field label="By" className={styles.cell}>
            <Input type="date" value={action.dueOn} onChange={(_event, { value }) => edit(index, { dueOn: value })} />
          </Field>
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={`Remove action ${index + 1}`}
            onClick={() => setActions(actions.filter((_action, place) => place !== index))}
          />
        </div>
      ))}
      <div>
        <Button icon={<AddRegular />} onClick={() => setActions([...actions, { what: "", who: "", dueOn: "" }])}>
          Add an action
        </Button>
      </div>
      {error !== null && <ProblemBar message={[inWords(error), ...errors.map(({ message }) => message)].join(" ")} />}
      <Text size={200}>Saving sends the notes to everybody who was invited.</Text>
      <div style={{ display: "flex", flexWrap: "wrap", gap: "8px" }}>
        <Button
          appearance="primary"
          disabled={isPending || text.trim() === ""}
          // What went wrong is on the screen already; what was typed stays.
          onClick={() => void save().catch(() => undefined)}
        >
          {isPending ? "Saving…" : "Save and send"}
        </Button>
        <Button disabled={isPending} onClick={onDone}>
          Not now
        </Button>
      </div>
    </>
  );
}
