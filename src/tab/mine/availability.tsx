import { Button, Field, Input, makeStyles, Switch, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ChangedPerson, PersonResource } from "../../features/roster/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar, Read } from "../parts/states.tsx";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalL, justifyItems: "start" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** When the viewer is away, who stands in for them, and whether they get messages. */
export function Availability() {
  const profile = useRead("me/profile", PersonResource);
  return (
    <Section title="When I am there">
      <Read of={profile}>{(person) => <Form key={`${person.awayUntil ?? ""} ${String(person.stopped)} ${person.deputy?.id ?? ""}`} person={person} />}</Read>
    </Section>
  );
}

function Form({ person }: { readonly person: PersonResource }) {
  const styles = useStyles();
  const [awayUntil, setAwayUntil] = useState(person.awayUntil ?? "");
  const [deputy, setDeputy] = useState("");
  const [stopped, setStopped] = useState(person.stopped);
  const send = useSend<ChangedPerson>(["me/", "overview"]);
  const away = awayUntil === "" ? null : awayUntil;
  const body = {
    ...(away === person.awayUntil ? {} : { awayUntil: away }),
    ...(deputy.trim() === "" ? {} : { deputy: deputy.trim() }),
    ...(stopped === person.stopped ? {} : { stopped }),
  };
  const errors = send.error instanceof ApiFault ? send.error.errors : [];
  const fault = (path: string) => {
    const found = errors.find((error) => error.path === path);
    return found === undefined ? {} : ({ validationState: "error", validationMessage: found.message } as const);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ path: `people/${person.id}`, method: "PATCH", body, schema: ChangedPerson });
      }}
    >
      <Text>{person.reach.why}</Text>
      <Field label="Away until and including" hint="You get no cards meanwhile. Empty when you are there." {...fault("awayUntil")}>
        <Input type="date" value={awayUntil} onChange={(_event, { value }) => setAwayUntil(value)} />
      </Field>
      <Field
        label="Deputy"
        hint={person.deputy === null ? "Their e-mail address. They answer check-ins while you are away, never the survey." : `Now ${person.deputy.name}. Give another one’s e-mail address to change that.`}
        {...fault("deputy")}
      >
        <Input type="email" value={deputy} onChange={(_event, { value }) => setDeputy(value)} />
      </Field>
      <Switch label="Send me no messages at all" checked={stopped} onChange={(_event, { checked }) => setStopped(checked)} />
      {send.error !== null && errors.length === 0 && <ProblemBar message={inWords(send.error)} />}
      <div className={styles.foot}>
        <Button type="submit" appearance="primary" disabled={send.isPending || Object.keys(body).length === 0}>
          {send.isPending ? "Saving…" : "Save"}
        </Button>
        {person.deputy !== null && (
          <Button
            disabled={send.isPending}
            onClick={() => send.mutate({ path: `people/${person.id}`, method: "PATCH", body: { deputy: null }, schema: ChangedPerson })}
          >
            No deputy any more
          </Button>
        )}
        <Text role="status">{send.isSuccess ? "Saved." : ""}</Text>
      </div>
    </form>
  );
}
