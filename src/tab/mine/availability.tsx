import { Button, Field, Input, makeStyles, Switch, Text, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { ChangedPerson, type PersonChanges, type PersonResource } from "../../features/roster/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { reachInWords } from "./words.ts";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalL, gridTemplateColumns: "minmax(0, 1fr)" },
  fields: {
    display: "grid",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    gridTemplateColumns: "repeat(auto-fit, minmax(min(18rem, 100%), 26rem))",
    alignItems: "start",
  },
  switch: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** When the viewer is away, who stands in for them, and whether they get messages. */
export function Availability({ profile }: { readonly profile: UseQueryResult<PersonResource> }) {
  const { heading, expect } = useKeptFocus();
  return (
    <Section title="When I am away" headingRef={heading}>
      <Read of={profile}>{(person) => <Form person={person} onRemove={expect} />}</Read>
    </Section>
  );
}

/** What was typed; what is left out is as it is stored. */
interface Draft {
  readonly awayUntil?: string;
  readonly deputy?: string;
  readonly stopped?: boolean;
}

interface FormProps {
  readonly person: PersonResource;
  /** Called when the deputy goes, and with them the button that does it. */
  readonly onRemove: () => void;
}

function Form({ person, onRemove }: FormProps) {
  const styles = useStyles();
  const [draft, setDraft] = useState<Draft>({});
  const send = useSend<ChangedPerson>(["me/", "people", "overview"]);
  const stored = { awayUntil: person.awayUntil ?? "", deputy: "", stopped: person.stopped };
  const { awayUntil, deputy, stopped } = { ...stored, ...draft };
  const changes: PersonChanges = {
    ...(awayUntil === stored.awayUntil ? {} : { awayUntil: awayUntil === "" ? null : awayUntil }),
    ...(deputy.trim() === "" ? {} : { deputy: deputy.trim() }),
    ...(stopped === stored.stopped ? {} : { stopped }),
  };
  const isSame = Object.keys(changes).length === 0;
  const change = (body: PersonChanges) => {
    if (send.isPending) return;
    send.mutate({ path: `people/${person.id}`, method: "PATCH", body, schema: ChangedPerson }, { onSuccess: () => setDraft({}) });
  };
  const edit = (part: Draft) => {
    setDraft({ ...draft, ...part });
    if (send.isSuccess) send.reset();
  };
  const errors = send.error instanceof ApiFault ? send.error.errors : [];
  const stateOf = (path: keyof Draft) => {
    const found = errors.find((error) => error.path === path);
    return found === undefined ? {} : ({ validationState: "error", validationMessage: found.message } as const);
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSame) change(changes);
      }}
    >
      <Text>
        {person.awayUntil === null ? "" : `You are away until ${day(person.awayUntil)}, that day included. `}
        {reachInWords(person)}
      </Text>
      <div className={styles.fields}>
        <Field label="Away until" hint="The last day that you are away; your cards wait until then. Empty it when you are back." {...stateOf("awayUntil")}>
          <Input type="date" value={awayUntil} onChange={(_event, { value }) => edit({ awayUntil: value })} />
        </Field>
        <Field
          label={person.deputy === null ? "Deputy’s e-mail address" : "Another deputy’s e-mail address"}
          hint={`${person.deputy === null ? "Nobody stands in for you. A deputy answers" : `${person.deputy.name} stands in for you: they answer`} check-ins for your teams while you are away, never the survey.`}
          {...stateOf("deputy")}
        >
          <Input type="email" autoComplete="off" value={deputy} onChange={(_event, { value }) => edit({ deputy: value })} />
        </Field>
      </div>
      <Switch
        className={styles.switch}
        label="Send me no messages at all"
        checked={stopped}
        onChange={(_event, { checked }) => edit({ stopped: checked })}
      />
      {send.error !== null && errors.length === 0 && <ProblemBar message={inWords(send.error)} />}
      <div className={styles.foot}>
        <Button type="submit" appearance="primary" disabledFocusable={send.isPending || isSame}>
          {send.isPending ? "Saving…" : "Save"}
        </Button>
        {person.deputy !== null && (
          <Button
            onClick={() => {
              onRemove();
              change({ deputy: null });
            }}
          >
            Remove my deputy
          </Button>
        )}
        <Text role="status">{send.isSuccess ? ["Saved.", send.data.note].filter((part) => part !== null).join(" ") : ""}</Text>
      </div>
    </form>
  );
}
