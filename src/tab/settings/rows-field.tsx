import { Button, Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef } from "react";
import type { RowDraft } from "./drafts.ts";
import type { FieldKind } from "./fields.ts";

export interface RowsFieldProps {
  readonly label: string;
  readonly hint: string | undefined;
  /** What is wrong with the list as a whole; null when nothing is. */
  readonly error: string | null;
  /** What is wrong with one cell; null when nothing is. */
  readonly errorOf: (row: number, column: string) => string | null;
  readonly kind: Extract<FieldKind, { kind: "rows" }>;
  readonly rows: readonly RowDraft[];
  readonly onChange: (rows: readonly RowDraft[]) => void;
}

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalM, gridColumn: "1 / -1", border: "none", margin: 0, padding: 0, minWidth: 0 },
  row: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    paddingBottom: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  // Beside the fields, below their labels.
  remove: { marginTop: tokens.spacingVerticalXXL },
  add: { justifySelf: "start" },
  legend: { padding: 0 },
  cell: { flex: "1 1 10rem" },
  hint: { color: tokens.colorNeutralForeground2 },
  error: { color: tokens.colorPaletteRedForeground1 },
});

/** A list whose rows all have the same columns. */
export function RowsField({ label, hint, error, errorOf, kind, rows, onChange }: RowsFieldProps) {
  const styles = useStyles();
  const about = useId();
  const list = useRef<HTMLFieldSetElement>(null);
  const isAdding = useRef(false);
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    [...(list.current?.querySelectorAll<HTMLElement>("[role=group]") ?? [])].at(-1)?.querySelector("input")?.focus();
  }, [rows.length]);
  const add = () => {
    isAdding.current = true;
    onChange([...rows, Object.fromEntries(kind.columns.map(({ name }) => [name, ""]))]);
  };
  const change = (index: number, name: string, value: string) =>
    onChange(rows.map((row, place) => (place === index ? { ...row, [name]: value } : row)));
  const remove = (index: number) => {
    onChange(rows.filter((_row, place) => place !== index));
    list.current?.querySelector<HTMLElement>("[data-add]")?.focus();
  };
  return (
    <fieldset ref={list} className={styles.all} aria-describedby={`${about}-hint ${about}-error`}>
      <legend className={styles.legend}>{label}</legend>
      {hint !== undefined && (
        <Text id={`${about}-hint`} size={200} className={styles.hint}>
          {hint}
        </Text>
      )}
      {rows.map((row, index) => (
        <div key={index} className={styles.row} role="group" aria-label={`${kind.row} ${index + 1}`}>
          {kind.columns.map(({ name, label: column, type }) => {
            const wrong = errorOf(index, name);
            return (
              <Field
                key={name}
                label={column}
                className={styles.cell}
                {...(wrong === null ? {} : { validationState: "error", validationMessage: wrong })}
              >
                <Input type={type} value={row[name] ?? ""} onChange={(_event, { value }) => change(index, name, value)} />
              </Field>
            );
          })}
          <Button className={styles.remove} appearance="subtle" icon={<DeleteRegular />} aria-label={`Remove ${kind.row.toLowerCase()} ${index + 1}`} onClick={() => remove(index)} />
        </div>
      ))}
      <Text id={`${about}-error`} role="alert" size={200} className={styles.error}>
        {error ?? ""}
      </Text>
      <Button className={styles.add} data-add icon={<AddRegular />} aria-label={`Add: ${kind.row.toLowerCase()}`} onClick={add}>
        Add
      </Button>
    </fieldset>
  );
}
