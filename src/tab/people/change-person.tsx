import { Button, Field, Input, Link, makeStyles, Switch, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ChangedPerson, type PersonResource } from "../../features/roster/contract.ts";
import { ApiFault, faultAt } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { useHost } from "../host/use-host.ts";
import { Confirm } from "../parts/confirm.tsx";
import { PersonPicker } from "../parts/person-picker.tsx";
import { bodyOf, type Draft, draftOf } from "./drafts.ts";
import { absenceInWords } from "./words.ts";

export interface ChangePersonProps {
  readonly person: PersonResource;
  /** True for viewers who run the network. */
  readonly mayRun: boolean;
  /** Called with a sentence that says what happened. */
  readonly onDone: (note: string) => void;
  /** Called once they have left the list, with what had the focus. */
  readonly onGone: () => void;
}

const useStyles = makeStyles({
  left: { display: "grid", borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: tokens.spacingVerticalS },
});

/** When somebody is away, who stands in for them, whether they get messages, and that they have left. */
export function ChangePerson({ person, mayRun, onDone, onGone }: ChangePersonProps) {
  const styles = useStyles();
  const host = useHost();
  const [draft, setDraft] = useState<Draft>(() => draftOf(person));
  const send = useSend<ChangedPerson>(["people", "audit-log"]);
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    // What was wrong is being put right.
    if (send.error !== null) send.reset();
  };
  const body = bodyOf(person, draft);
  const away = faultAt(send.error, "awayUntil");
  const confirm = async () => {
    const changed = await send.mutateAsync({ path: `people/${person.id}`, method: "PATCH", body, schema: ChangedPerson });
    if (draft.hasLeft) onGone();
    onDone(draft.hasLeft ? sentence(`${changed.name} has left.`, changed.note) : changedInWords(changed));
  };
  return (
    <Confirm
      trigger={
        <Button size="small" aria-label={`Change ${person.name}`}>
          Change
        </Button>
      }
      title={draft.hasLeft ? `${person.name} has left` : person.name}
      action={draft.hasLeft ? "Take them out" : "Save"}
      canConfirm={Object.keys(body).length > 0}
      onConfirm={confirm}
      onOpen={() => {
        setDraft(draftOf(person));
        send.reset();
      }}
      isShown={(error) => error instanceof ApiFault && ["awayUntil", "deputy"].some((field) => faultAt(error, field) !== null)}
    >
      {!draft.hasLeft && (
        <>
          <Text>
            Cards: {person.reach.why} <Link onClick={() => host.open(person.chatUrl)}>Write to {person.name}</Link>
          </Text>
          <Field
            label="Away until and including"
            hint="Empty when they are there."
            {...(away === null ? {} : { validationState: "error", validationMessage: away })}
          >
            <Input type="date" value={draft.awayUntil} onChange={(_event, { value }) => change({ awayUntil: value })} />
          </Field>
          <PersonPicker
            label="Deputy"
            hint={
              person.deputy === null
                ? "Answers their check-ins while they are away. Never the survey."
                : `Now ${person.deputy.name}. Choose somebody else, or nobody below.`
            }
            value={draft.deputy}
            onChange={(deputy) => change({ deputy, ...(deputy === null ? {} : { noDeputy: false }) })}
            error={faultAt(send.error, "deputy")}
          />
          {person.deputy !== null && (
            <Switch
              label="No deputy"
              checked={draft.noDeputy}
              onChange={(_event, { checked }) => change({ noDeputy: checked, ...(checked ? { deputy: null } : {}) })}
            />
          )}
          <Field hint="Switch this on only when they have asked for it.">
            <Switch
              label="They have said stop: no messages at all"
              checked={draft.stopped}
              onChange={(_event, { checked }) => change({ stopped: checked })}
            />
          </Field>
        </>
      )}
      {mayRun && (
        <div className={styles.left}>
          <Switch label="They have left the network" checked={draft.hasLeft} onChange={(_event, { checked }) => change({ hasLeft: checked })} />
          {draft.hasLeft && (
            <Text>
              They get no more cards, links that were mailed to them end, and teams that only they managed are asked no more. What they answered
              stays.
            </Text>
          )}
        </div>
      )}
    </Confirm>
  );
}

const sentence = (...parts: readonly (string | null)[]) => parts.filter((part) => part !== null && part !== "").join(" ");

function changedInWords(changed: ChangedPerson): string {
  const now = absenceInWords(changed);
  return sentence(`${changed.name} is changed.`, now === "" ? null : `${now}.`, changed.note);
}
