import { Field, Input, makeStyles, Select, Switch, Textarea } from "@fluentui/react-components";
import { type Draft, errorAt, errorsWithin, type FieldError } from "./drafts.ts";
import type { FieldInfo } from "./fields.ts";
import { RangeField } from "./range-field.tsx";
import { RowsField } from "./rows-field.tsx";

export interface SettingFieldProps {
  readonly field: FieldInfo;
  readonly draft: Draft;
  /** What is wrong, by the settings' paths. */
  readonly errors: readonly FieldError[];
  readonly onChange: (draft: Draft) => void;
}

const useStyles = makeStyles({
  // A switch stands on a line of its own: beside fields it would be on none.
  wide: { gridColumn: "1 / -1" },
});

/** One setting with its label, its hint and what is wrong with it. */
export function SettingField({ field, draft, errors, onChange }: SettingFieldProps) {
  const styles = useStyles();
  const { kind, label, hint, path } = field;
  const error = errorAt(errors, path);
  const state = error === null ? {} : ({ validationState: "error", validationMessage: error } as const);
  const about = { label, ...(hint === undefined ? {} : { hint }), ...state };
  if (typeof draft === "boolean") {
    return (
      <Field className={styles.wide} {...(hint === undefined ? {} : { hint })} {...state}>
        <Switch label={label} checked={draft} onChange={(_event, { checked }) => onChange(checked)} />
      </Field>
    );
  }
  if (kind.kind === "rows" && typeof draft === "object" && !("low" in draft)) {
    const cells = draft.flatMap((_row, row) => kind.columns.map(({ name }) => `${path}.${row}.${name}`));
    return (
      <RowsField
        label={label}
        hint={hint}
        error={errorAt(errorsWithin(errors, path).filter((one) => !cells.includes(one.path)), path)}
        errorOf={(row, column) => errorAt(errors, `${path}.${row}.${column}`)}
        kind={kind}
        rows={draft}
        onChange={onChange}
      />
    );
  }
  if (typeof draft === "object") {
    return "low" in draft ? <RangeField label={label} hint={hint} error={error} range={draft} onChange={onChange} /> : null;
  }
  if (kind.kind === "choice") {
    return (
      <Field {...about}>
        <Select value={draft} onChange={(_event, { value }) => onChange(value)}>
          {kind.choices.map(([value, words]) => (
            <option key={value} value={String(value)}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
    );
  }
  if (kind.kind === "lines") {
    return (
      <Field {...about}>
        <Textarea resize="vertical" value={draft} onChange={(_event, { value }) => onChange(value)} />
      </Field>
    );
  }
  // A field of numbers alone would forget what else was typed before the server could say what is wrong with it.
  const type = kind.kind === "date" || kind.kind === "time" ? kind.kind : "text";
  return (
    <Field {...about}>
      <Input
        type={type}
        value={draft}
        onChange={(_event, { value }) => onChange(value)}
        {...(kind.kind === "number" ? { contentAfter: kind.unit, inputMode: "numeric" } : {})}
      />
    </Field>
  );
}
