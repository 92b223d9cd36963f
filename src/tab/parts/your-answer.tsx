import { Button, Checkbox, Field, makeStyles, Text, tokens } from "@fluentui/react-components";
import { MeetingDetails, type MeetingResource } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { day } from "./dates.ts";
import { ProblemBar } from "./states.tsx";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
});

type Given = Pick<MeetingResource, "id" | "yours" | "isListed" | "startsAt" | "zone">;
const answers = ["yes", "maybe", "no"] as const;
const answerWords = { yes: "Yes", maybe: "Maybe", no: "No" } as const;

/** Whether the viewer comes, and whether others may see it; the card and the calendar follow. */
export function YourAnswer({ meeting }: { readonly meeting: Given }) {
  const styles = useStyles();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const give = (answer: (typeof answers)[number], isListed?: boolean) =>
    send.mutate({
      path: `meetings/${meeting.id}/rsvp`,
      body: { answer, ...(isListed === undefined ? {} : { isListed }) },
      schema: MeetingDetails,
    });
  const name = `Do you come on ${day(meeting.startsAt, { zone: meeting.zone })}?`;
  return (
    <>
      <Field label={name}>
        <div className={styles.row} role="group" aria-label={name}>
          {answers.map((answer) => (
            <Button
              key={answer}
              size="small"
              appearance={meeting.yours === answer ? "primary" : "secondary"}
              aria-pressed={meeting.yours === answer}
              disabled={send.isPending}
              onClick={() => give(answer)}
            >
              {answerWords[answer]}
            </Button>
          ))}
          {meeting.yours === "yes" && (
            <Checkbox
              label="Others may see that I come"
              checked={meeting.isListed}
              disabled={send.isPending}
              onChange={(_event, { checked }) => give("yes", checked === true)}
            />
          )}
        </div>
      </Field>
      <Text role="status" size={200}>
        {send.isSuccess ? "Saved. Your card and your calendar follow." : ""}
      </Text>
      {send.error !== null && <ProblemBar message={inWords(send.error)} />}
    </>
  );
}
