import { Button, Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { MeetingDetails, type MeetingResource } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { ProblemBar } from "../parts/states.tsx";
import { Raise } from "./raise.tsx";

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalS, gridTemplateColumns: "minmax(0, 1fr)" },
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  // Narrower than a button's own least, so that the three stand side by side on the narrowest phone.
  answer: { minWidth: "5rem" },
  listed: { marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalS})` },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Given = Pick<MeetingResource, "id" | "yours" | "isWaiting" | "isListed" | "raise" | "startsAt" | "zone" | "capacity">;
const answers = ["yes", "maybe", "no"] as const;
const answerWords = { yes: "Yes", maybe: "Maybe", no: "No" } as const;

interface Answered {
  readonly answer?: (typeof answers)[number];
  readonly isListed?: boolean;
}

/** Who sees what is answered; stands once on whatever page asks. */
export const answerSeenBy = "The network’s leads see your answer. Others see counts only, unless you say they may see your name.";

/** Whether the viewer comes, and whether others may see it; their card follows. */
export function YourAnswer({ meeting }: { readonly meeting: Given }) {
  const styles = useStyles();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  // What is on its way stands there already, with "Saving…" beside it; a refusal brings back what was.
  const [given, setGiven] = useState<Answered>({});
  const { id, isWaiting, capacity } = meeting;
  const { answer: yours, isListed } = { answer: meeting.yours, isListed: meeting.isListed, ...given };
  const give = (body: Answered) => {
    // The buttons keep the focus while they wait, so that they can still be pressed.
    if (send.isPending) return;
    setGiven(body);
    send.mutate({ path: `meetings/${id}/rsvp`, body, schema: MeetingDetails }, { onSettled: () => setGiven({}) });
  };
  const question = `Can you come on ${day(meeting.startsAt, { zone: meeting.zone })}?`;
  return (
    <div className={styles.all} role="group" aria-label={question}>
      <Text>{question}</Text>
      <div className={styles.row}>
        {answers.map((answer) => (
          <Button
            key={answer}
            className={styles.answer}
            appearance={yours === answer ? "primary" : "secondary"}
            aria-pressed={yours === answer}
            onClick={() => give({ answer })}
          >
            {answerWords[answer]}
          </Button>
        ))}
        <Text role="status" size={200} className={styles.quiet}>
          {send.isPending ? "Saving…" : send.isSuccess ? "Saved. You can change it until the meeting starts." : ""}
        </Text>
      </div>
      {isWaiting && (
        <Text>
          You are on the waiting list: {capacity === 1 ? "the one place is" : `all ${capacity ?? ""} places are`} taken. Your place comes when
          somebody else can’t come.
        </Text>
      )}
      {yours === "yes" && (
        <Checkbox
          className={styles.listed}
          label="Others may see that I’m coming"
          checked={isListed}
          onChange={(_event, { checked }) => give({ answer: "yes", isListed: checked === true })}
        />
      )}
      {meeting.yours !== null && meeting.yours !== "no" && <Raise id={id} answer={meeting.yours} raise={meeting.raise} />}
      {send.error !== null && <ProblemBar message={inWords(send.error)} />}
    </div>
  );
}
