import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";

export interface ActionDraft {
  /** Tells one from another while they are written. */
  readonly key: string;
  readonly what: string;
  readonly who: string;
  /** An ISO date; "" for none. */
  readonly dueOn: string;
}

/** True where nothing was written, so that nothing is kept. */
export const isBlank = ({ what, who, dueOn }: ActionDraft): boolean => what.trim() === "" && who.trim() === "" && dueOn === "";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM, alignItems: "start", width: "100%" },
  wide: { flex: "2 1 14rem" },
  cell: { flex: "1 1 9rem" },
  // As far down as the labels beside it are high, so that it stands in line with the fields.
  remove: { marginTop: `calc(${tokens.lineHeightBase300} + ${tokens.spacingVerticalXXS} * 2)` },
});

export interface NoteActionProps {
  readonly action: ActionDraft;
  readonly name: string;
  /** What is wrong with one of its fields; null when nothing is. */
  readonly fault: (field: "what" | "who" | "dueOn") => string | null;
  readonly onChange: (action: ActionDraft) => void;
  readonly onRemove: () => void;
}

/** Who does what by when: one line of the notes. */
export function NoteAction({ action, name, fault, onChange, onRemove }: NoteActionProps) {
  const styles = useStyles();
  const stateOf = (field: "what" | "who" | "dueOn") => {
    const message = fault(field);
    return message === null ? {} : ({ validationState: "error", validationMessage: message } as const);
  };
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <Field label="What" className={styles.wide} {...stateOf("what")}>
        <Input autoFocus={action.what === ""} value={action.what} onChange={(_event, { value }) => onChange({ ...action, what: value })} />
      </Field>
      <Field label="Who" className={styles.cell} {...stateOf("who")}>
        <Input value={action.who} onChange={(_event, { value }) => onChange({ ...action, who: value })} />
      </Field>
      <Field label="By" className={styles.cell} {...stateOf("dueOn")}>
        <Input type="date" value={action.dueOn} onChange={(_event, { value }) => onChange({ ...action, dueOn: value })} />
      </Field>
      <Button className={styles.remove} appearance="subtle" icon={<DeleteRegular />} aria-label={`Remove ${name.toLowerCase()}`} onClick={onRemove} />
    </div>
  );
}
