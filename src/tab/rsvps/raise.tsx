import { Button, Field, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { MeetingDetails, type MeetingResource } from "../../features/meetings/contract.ts";
import { faultAt, inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { ProblemBar } from "../parts/states.tsx";

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalS, justifyItems: "start", maxWidth: "40rem" },
  field: { width: "100%" },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface RaiseProps {
  readonly id: MeetingResource["id"];
  /** The answer that stands, with which it goes. */
  readonly answer: NonNullable<MeetingResource["yours"]>;
  readonly raise: MeetingResource["raise"];
}

/** What the viewer wants to raise at a meeting that they may come to; left empty it is taken back. */
export function Raise({ id, answer, raise }: RaiseProps) {
  const styles = useStyles();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? raise ?? "").trim();
  const isSame = text === (raise ?? "");
  const fault = faultAt(send.error, "raise");
  const save = () => {
    if (isSame || send.isPending) return;
    const body = { answer, raise: text === "" ? null : text };
    send.mutate({ path: `meetings/${id}/rsvp`, body, schema: MeetingDetails }, { onSuccess: () => setTyped(null) });
  };
  return (
    <div className={styles.all}>
      <Field
        className={styles.field}
        label="I want to raise…"
        hint="If you like. It may go on the agenda, which everybody invited can read. Don’t name patients or colleagues."
        {...(fault === null ? {} : { validationState: "error", validationMessage: fault })}
      >
        <Textarea
          resize="vertical"
          rows={2}
          value={typed ?? raise ?? ""}
          onChange={(_event, { value }) => {
            setTyped(value);
            send.reset();
          }}
        />
      </Field>
      <div className={styles.row}>
        <Button disabledFocusable={isSame || send.isPending} onClick={save}>
          Save what I want to raise
        </Button>
        <Text role="status" size={200} className={styles.quiet}>
          {send.isPending ? "Saving…" : send.isSuccess ? "Saved." : ""}
        </Text>
      </div>
      {send.error !== null && fault === null && <ProblemBar message={inWords(send.error)} />}
    </div>
  );
}
