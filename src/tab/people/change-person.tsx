import { Button, Field, Input, Switch, Text } from "@fluentui/react-components";
import { useState } from "react";
import { ChangedPerson, type PersonResource } from "../../features/roster/contract.ts";
import { ApiFault } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { useHost } from "../host/use-host.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";
import { MarkAsLeft } from "./mark-as-left.tsx";
import { absenceInWords } from "./words.ts";

export interface ChangePersonProps {
  readonly person: PersonResource;
  /** True for viewers who run the network. */
  readonly mayRun: boolean;
  /** Called with a sentence that says what happened. */
  readonly onDone: (note: string) => void;
}

/** When somebody is away, who stands in for them, whether they get messages, and that they have left. */
export function ChangePerson({ person, mayRun, onDone }: ChangePersonProps) {
  const host = useHost();
  const [awayUntil, setAwayUntil] = useState(person.awayUntil ?? "");
  const [deputy, setDeputy] = useState<PersonResource | null>(null);
  const [noDeputy, setNoDeputy] = useState(false);
  const [stopped, setStopped] = useState(person.stopped);
  const send = useSend<ChangedPerson>(["people", "audit-log"]);
  const away = awayUntil === "" ? null : awayUntil;
  const body = {
    ...(away === person.awayUntil ? {} : { awayUntil: away }),
    ...(deputy === null ? (noDeputy && person.deputy !== null ? { deputy: null } : {}) : { deputy: deputy.id }),
    ...(stopped === person.stopped ? {} : { stopped }),
  };
  const errors = send.error instanceof ApiFault ? send.error.errors : [];
  const fault = (path: string) => {
    const found = errors.find((error) => error.path === path);
    return found === undefined ? {} : ({ validationState: "error", validationMessage: found.message } as const);
  };
  const confirm = async () => {
    const changed = await send.mutateAsync({ path: `people/${person.id}`, method: "PATCH", body, schema: ChangedPerson });
    const now = absenceInWords(changed);
    onDone([`${changed.name} is changed.`, now === "" ? "" : `${now}.`, changed.note ?? ""].filter((part) => part !== "").join(" "));
  };
  return (
    <Confirm
      trigger={
        <Button size="small" aria-label={`Change ${person.name}`}>
          Change
        </Button>
      }
      title={person.name}
      action="Save"
      canConfirm={Object.keys(body).length > 0}
      onConfirm={confirm}
    >
      <Text>{person.reach.why}</Text>
      <Field label="Away until and including" hint="Empty when they are there." {...fault("awayUntil")}>
        <Input type="date" value={awayUntil} onChange={(_event, { value }) => setAwayUntil(value)} />
      </Field>
      <PersonPicker
        label="Deputy"
        hint={person.deputy === null ? "Answers their check-ins while they are away. Never the survey." : `Now ${person.deputy.name}. Choose another one, or none below.`}
        value={deputy}
        onChange={setDeputy}
      />
      {person.deputy !== null && <Switch label="No deputy" checked={noDeputy} onChange={(_event, { checked }) => setNoDeputy(checked)} />}
      <Switch label="Gets no messages at all" checked={stopped} onChange={(_event, { checked }) => setStopped(checked)} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: "8px" }}>
        <Button onClick={() => host.open(person.chatUrl)}>Write to them</Button>
        {mayRun && <MarkAsLeft person={person} onDone={onDone} />}
      </div>
    </Confirm>
  );
}
