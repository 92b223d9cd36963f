import { Button, Field, Radio, RadioGroup, Textarea } from "@fluentui/react-components";
import { useState } from "react";
import { ChangedPerson, type PersonResource } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";

export interface LeadScopeProps {
  /** The lead whose scope is changed; null to make somebody a lead. */
  readonly person: PersonResource | null;
  /** Called with a sentence that says what happened. */
  readonly onDone: (note: string) => void;
}

/** Says what a lead sees: the whole network, or some areas. */
export function LeadScope({ person, onDone }: LeadScopeProps) {
  const [chosen, setChosen] = useState<PersonResource | null>(person);
  const [kind, setKind] = useState(person?.scope?.kind ?? "areas");
  const [areas, setAreas] = useState(person?.scope?.kind === "areas" ? person.scope.areas.join("\n") : "");
  const send = useSend<ChangedPerson>(["people", "audit-log"]);
  const named = areas.split("\n").map((area) => area.trim()).filter((area) => area !== "");
  const scope = kind === "network" ? { kind } : { kind, areas: named };
  const confirm = async () => {
    const { name, note } = await send.mutateAsync({
      path: `people/${chosen?.id ?? ""}`,
      method: "PATCH",
      body: { role: "lead", scope },
      schema: ChangedPerson,
    });
    onDone([`${name} now sees ${kind === "network" ? "the whole network" : named.join(", ")}.`, note].filter((part) => part !== null).join(" "));
  };
  return (
    <Confirm
      trigger={person === null ? <Button>Make somebody a lead</Button> : <Button size="small" aria-label={`Change what ${person.name} sees`}>Change</Button>}
      title={person === null ? "Make somebody a lead" : `What ${person.name} sees`}
      action={person === null ? "Make them a lead" : "Save"}
      canConfirm={chosen !== null && (kind === "network" || named.length > 0)}
      onConfirm={confirm}
    >
      {person === null && <PersonPicker label="Who" value={chosen} onChange={setChosen} />}
      <Field label="They see">
        <RadioGroup value={kind} onChange={(_event, { value }) => setKind(value === "network" ? "network" : "areas")}>
          <Radio value="network" label="The whole network, and they run it" />
          <Radio value="areas" label="The teams of some areas" />
        </RadioGroup>
      </Field>
      {kind === "areas" && (
        <Field label="Areas" hint="One a line, as the roster spells them.">
          <Textarea value={areas} resize="vertical" onChange={(_event, { value }) => setAreas(value)} />
        </Field>
      )}
    </Confirm>
  );
}
