import { Button, Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { NonWorkingResource } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)" },
  field: { maxWidth: "26rem" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** The days and times at which the viewer never works, so that meetings aren't planned then. */
export function NonWorking({ times }: { readonly times: UseQueryResult<NonWorkingResource> }) {
  const { heading, expect } = useKeptFocus();
  return (
    <Section title="When I don’t work" headingRef={heading}>
      <Read of={times}>{(stored) => <Form stored={stored} onClear={expect} />}</Read>
    </Section>
  );
}

interface FormProps {
  readonly stored: NonWorkingResource;
  /** Called when the times go, and with them the button that does it. */
  readonly onClear: () => void;
}

function Form({ stored, onClear }: FormProps) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const send = useSend<NonWorkingResource>(["me/non-working", "meetings/plan"]);
  const isBlank = text.trim() === "";
  const save = (given: string) => {
    if (send.isPending) return;
    const sending = { path: "me/non-working", method: "PATCH", body: { text: given }, schema: NonWorkingResource } as const;
    send.mutate(sending, { onSuccess: () => setText("") });
  };
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBlank) save(text);
      }}
    >
      <Text>
        {stored.times.length === 0 ? "You haven’t said so yet." : <>You don’t work: <strong>{stored.words}</strong>.</>} Dates for meetings are chosen with
        it in mind; leads see how many can’t come, and not who.
      </Text>
      <Field
        className={styles.field}
        label="Days and times, as you would say them"
        hint="For example: Mondays and Thursday afternoons."
        {...(send.error === null ? {} : { validationState: "error", validationMessage: inWords(send.error) })}
      >
        <Input
          value={text}
          autoComplete="off"
          onChange={(_event, { value }) => {
            setText(value);
            if (!send.isIdle && !send.isPending) send.reset();
          }}
        />
      </Field>
      <div className={styles.foot}>
        <Button type="submit" appearance="primary" disabledFocusable={send.isPending || isBlank}>
          {send.isPending ? "Saving…" : "Save"}
        </Button>
        {stored.times.length > 0 && (
          <Button
            onClick={() => {
              onClear();
              save("none");
            }}
          >
            I work every day
          </Button>
        )}
        <Text role="status">{send.isSuccess ? `Saved: ${send.data.words}.` : ""}</Text>
      </div>
    </form>
  );
}
