import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { Confirm } from "../parts/confirm.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { type ActionDraft, isBlank, NoteAction } from "./note-action.tsx";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  actions: { display: "grid", gap: tokens.spacingVerticalL, justifyItems: "start", gridTemplateColumns: "minmax(0, 1fr)" },
});

const fresh = (): ActionDraft => ({ key: crypto.randomUUID(), what: "", who: "", dueOn: "" });

/** Writes the notes of a meeting; they go to everybody who was invited, as a card. */
export function NotesForm({ meeting, onDone }: { readonly meeting: MeetingDetails; readonly onDone: (isSent: boolean) => void }) {
  const styles = useStyles();
  const [text, setText] = useState(meeting.notes?.text ?? "");
  const [actions, setActions] = useState<readonly ActionDraft[]>(
    (meeting.notes?.actions ?? []).map((action) => ({ ...fresh(), ...action, dueOn: action.dueOn ?? "" })),
  );
  const { change, error } = useChange(meeting.id);
  const group = useRef<HTMLDivElement>(null);
  const kept = actions.filter((action) => !isBlank(action));
  const errors = error instanceof ApiFault ? error.errors : [];
  const faultAt = (path: string) => errors.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message ?? null;
  const save = async () => {
    const sent = kept.map(({ what, who, dueOn }) => ({ what, who, dueOn: dueOn === "" ? null : dueOn }));
    try {
      await change({ notes: { text, actions: sent } });
    } catch (cause) {
      // What is wrong with single fields stands at them, so the question goes; anything else stays in it.
      if (cause instanceof ApiFault && cause.errors.length > 0) return;
      throw cause;
    }
    onDone(true);
  };
  const textFault = faultAt("notes.text");
  return (
    <>
      <Field
        label="What was said and decided"
        hint="Don’t name patients or colleagues."
        {...(textFault === null ? {} : { validationState: "error", validationMessage: textFault })}
      >
        <Textarea autoFocus resize="vertical" rows={6} value={text} onChange={(_event, { value }) => setText(value)} />
      </Field>
      <div className={styles.actions} ref={group} tabIndex={-1} role="group" aria-label="Actions">
        {actions.map((action, place) => (
          <NoteAction
            key={action.key}
            action={action}
            name={`Action ${place + 1}`}
            fault={(field) => (isBlank(action) ? null : faultAt(`notes.actions.${kept.indexOf(action)}.${field}`))}
            onChange={(changed) => setActions(actions.map((one) => (one.key === changed.key ? changed : one)))}
            onRemove={() => {
              setActions(actions.filter(({ key }) => key !== action.key));
              group.current?.focus();
            }}
          />
        ))}
        <Button icon={<AddRegular />} onClick={() => setActions([...actions, fresh()])}>
          Add an action
        </Button>
      </div>
      {errors.length > 0 && <ProblemBar message={inWords(error)} />}
      <div className={styles.buttons}>
        <Confirm
          trigger={
            <Button appearance="primary" disabledFocusable={text.trim() === ""}>
              Save and send
            </Button>
          }
          title="Send the notes?"
          action="Send the notes"
          onConfirm={save}
        >
          <Text>
            All {meeting.rsvps.invited} who were invited get them as a card{meeting.notes === null ? "" : ", those who have had one before once more"}.
          </Text>
        </Confirm>
        <Button onClick={() => onDone(false)}>Not now</Button>
      </div>
    </>
  );
}
