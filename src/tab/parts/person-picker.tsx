import { Combobox, Field, Option } from "@fluentui/react-components";
import { useState } from "react";
import { PeoplePage, type PersonResource } from "../../features/roster/contract.ts";
import { useRead } from "../api/use-api.ts";

export interface PersonPickerProps {
  readonly label: string;
  readonly hint?: string;
  /** Who is chosen; null for nobody yet. */
  readonly value: PersonResource | null;
  readonly onChange: (person: PersonResource | null) => void;
  /** What is wrong with the choice; null when nothing is. */
  readonly error?: string | null;
}

/** Chooses somebody of the roster by a part of their name, their e-mail or their area. */
export function PersonPicker({ label, hint, value, onChange, error = null }: PersonPickerProps) {
  const [typed, setTyped] = useState(value?.name ?? "");
  const search = value?.name === typed ? "" : typed.trim();
  const people = useRead(`people?limit=20&search=${encodeURIComponent(search)}`, PeoplePage, { keep: true });
  const found = people.data?.items ?? [];
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(error === null ? {} : { validationState: "error", validationMessage: error })}
    >
      <Combobox
        freeform
        value={typed}
        selectedOptions={value === null ? [] : [value.id]}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(null);
        }}
        onOptionSelect={(_event, { optionValue }) => {
          const person = found.find(({ id }) => id === optionValue) ?? null;
          setTyped(person?.name ?? "");
          onChange(person);
        }}
      >
        {found.map(({ id, name, organisation }) => (
          <Option key={id} value={id} text={name}>
            {organisation === null ? name : `${name}, ${organisation}`}
          </Option>
        ))}
        {people.isSuccess && found.length === 0 && (
          <Option key="none" disabled text="">
            Nobody in the roster is like this
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
