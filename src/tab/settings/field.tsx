import { Field, Input, makeStyles, Select, Switch, Textarea, tokens } from "@fluentui/react-components";
import type { Draft } from "./drafts.ts";
import type { FieldInfo } from "./fields.ts";
import { RowsField } from "./rows-field.tsx";

export interface SettingFieldProps {
  readonly field: FieldInfo;
  readonly draft: Draft;
  /** What is wrong with it, as a sentence; null when nothing is. */
  readonly error: string | null;
  readonly onChange: (draft: Draft) => void;
}

const useStyles = makeStyles({
  // A switch stands on a line of its own: beside fields it would be on none.
  wide: { gridColumn: "1 / -1" },
  range: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  end: { width: "7rem" },
});

/** One setting with its label, its hint and what is wrong with it. */
export function SettingField({ field, draft, error, onChange }: SettingFieldProps) {
  const styles = useStyles();
  const { kind, label, hint } = field;
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
    return <RowsField label={label} hint={hint} error={error} kind={kind} rows={draft} onChange={onChange} />;
  }
  if (typeof draft === "object") return "low" in draft ? <RangeField {...{ field, draft, error, onChange }} /> : null;
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

interface RangeFieldProps extends Omit<SettingFieldProps, "draft"> {
  readonly draft: { readonly low: string; readonly high: string };
}

/** Low and high of a guide range. */
function RangeField({ field: { label, hint }, draft, error, onChange }: RangeFieldProps) {
  const styles = useStyles();
  const state = error === null ? {} : ({ validationState: "error", validationMessage: error } as const);
  const end = (name: "low" | "high", words: string) => (
    <Input
      inputMode="numeric"
      aria-label={`${label}, ${words}`}
      className={styles.end}
      value={draft[name]}
      onChange={(_event, { value }) => onChange({ ...draft, [name]: value })}
    />
  );
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })} {...state}>
      <div role="group" aria-label={label} className={styles.range}>
        {end("low", "from")}
        to
        {end("high", "to")}
      </div>
    </Field>
  );
}
