import { Button, Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { NonWorkingResource } from "../../features/meetings/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useRead, useSend } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";

const useStyles = makeStyles({
  form: { display: "grid", gap: tokens.spacingVerticalM, justifyItems: "start", "& > *": { maxWidth: "100%" } },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** The days and times at which the viewer never works, so that meetings aren't planned then. */
export function NonWorking() {
  const styles = useStyles();
  const times = useRead("me/non-working", NonWorkingResource);
  const [text, setText] = useState("");
  const send = useSend<NonWorkingResource>(["me/non-working"]);
  const fault = send.error === null ? null : [inWords(send.error), ...(send.error instanceof ApiFault ? send.error.errors.map(({ message }) => message) : [])].join(" ");
  return (
    <Section title="When I don’t work">
      <Read of={times}>
        {({ words }) => (
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate({ path: "me/non-working", method: "PATCH", body: { text }, schema: NonWorkingResource }, { onSuccess: () => setText("") });
            }}
          >
            <Text>Now: {words}. Meetings are planned around it; leads see how many it excludes, and not whom.</Text>
            <Field
              label="Days and times, as you would say them"
              hint="Such as Mondays and Thursday afternoons, or none."
              {...(fault === null ? {} : { validationState: "error", validationMessage: fault })}
            >
              <Input value={text} onChange={(_event, { value }) => setText(value)} />
            </Field>
            <div className={styles.foot}>
              <Button type="submit" disabled={send.isPending || text.trim() === ""}>
                {send.isPending ? "Saving…" : "Save"}
              </Button>
              <Text role="status">{send.isSuccess ? "Saved." : ""}</Text>
            </div>
          </form>
        )}
      </Read>
    </Section>
  );
}
