import { Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useId } from "react";

interface Range {
  readonly low: string;
  readonly high: string;
}

export interface RangeFieldProps {
  readonly label: string;
  readonly hint: string | undefined;
  /** What is wrong with it, as a sentence; null when nothing is. */
  readonly error: string | null;
  readonly range: Range;
  readonly onChange: (range: Range) => void;
}

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalXXS, border: "none", margin: 0, padding: 0, minWidth: 0 },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalXXS },
  ends: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL },
  end: { width: "6rem" },
  hint: { color: tokens.colorNeutralForeground2 },
  error: { color: tokens.colorPaletteRedForeground1 },
});

/** Low and high of a guide range. */
export function RangeField({ label, hint, error, range, onChange }: RangeFieldProps) {
  const styles = useStyles();
  const about = useId();
  const end = (name: keyof Range, words: string) => (
    <Field label={words} orientation="horizontal" {...(error === null ? {} : { validationState: "error" })}>
      <Input
        inputMode="numeric"
        className={styles.end}
        input={{ size: 6 }}
        value={range[name]}
        onChange={(_event, { value }) => onChange({ ...range, [name]: value })}
      />
    </Field>
  );
  return (
    <fieldset className={styles.all} aria-describedby={`${about}-hint ${about}-error`}>
      <legend className={styles.legend}>{label}</legend>
      <div className={styles.ends}>
        {end("low", "From")}
        {end("high", "To")}
      </div>
      <Text id={`${about}-error`} role="alert" size={200} className={styles.error}>
        {error ?? ""}
      </Text>
      {hint !== undefined && (
        <Text id={`${about}-hint`} size={200} className={styles.hint}>
          {hint}
        </Text>
      )}
    </fieldset>
  );
}
