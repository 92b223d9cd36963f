import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { Section } from "../parts/page.tsx";
import { answerSeenBy, YourAnswer } from "../rsvps/your-answer.tsx";
import { AnswersByArea } from "./answers-by-area.tsx";
import { RsvpBar } from "../rsvps/rsvp-bar.tsx";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

export interface WhoComesProps {
  readonly meeting: MeetingDetails;
  /** True for leads and admins. */
  readonly leads: boolean;
  /** True for a lead of some areas, who sees their people only. */
  readonly isPart: boolean;
}

/** Who comes, whether the viewer does, and for leads who hasn't answered; of a meeting that is over, what was answered. */
export function WhoComes({ meeting, leads, isPart }: WhoComesProps) {
  const styles = useStyles();
  const { rsvps, state, mayAnswer, listed, people } = meeting;
  const isAhead = state === "booked" || state === "booking";
  return (
    <Section title={isAhead ? "Who comes" : "What was answered"}>
      <RsvpBar rsvps={rsvps} />
      {listed.length > 0 && (
        <Text className={styles.quiet}>
          {isAhead ? "Coming, and letting others see it" : "Said yes, and let others see it"}: {listed.join(", ")}.
        </Text>
      )}
      {mayAnswer && (
        <>
          <YourAnswer meeting={meeting} />
          <Text size={200} className={styles.quiet}>
            {answerSeenBy}
          </Text>
        </>
      )}
      {leads && <AnswersByArea people={people} isAhead={isAhead} isPart={isPart} />}
    </Section>
  );
}
