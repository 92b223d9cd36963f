import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ChangeResource } from "../../features/pulse/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { ProblemBar } from "../parts/states.tsx";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "minmax(0, 1fr)", gap: tokens.spacingVerticalM, maxWidth: "80ch" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** Publishes what changed after a survey; what is wrong with it stands at its field, and nothing typed is lost. */
export function WriteChange({ wave }: { readonly wave: string }) {
  const styles = useStyles();
  const [text, setText] = useState("");
  const send = useSend<ChangeResource>(["pulse"]);
  const fault = send.error instanceof ApiFault ? send.error.errors.map(({ message }) => message).join(" ") : "";
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (send.isPending) return;
        send.mutate({ path: `pulse-waves/${wave}/changes`, body: { text }, schema: ChangeResource }, { onSuccess: () => setText("") });
      }}
    >
      <Field
        label="What has changed since"
        hint="Everybody who was asked reads it with the next card that they get anyway. It can’t be changed afterwards."
        {...(fault === "" ? {} : { validationState: "error", validationMessage: fault })}
      >
        <Textarea
          resize="vertical"
          value={text}
          onChange={(_event, { value }) => {
            setText(value);
            if (!send.isIdle) send.reset();
          }}
        />
      </Field>
      {send.error !== null && fault === "" && <ProblemBar message={inWords(send.error)} />}
      <div className={styles.foot}>
        <Button type="submit" disabledFocusable={send.isPending}>
          {send.isPending ? "Publishing…" : "Publish"}
        </Button>
        <Text role="status">{send.isSuccess ? "Published." : ""}</Text>
      </div>
    </form>
  );
}
