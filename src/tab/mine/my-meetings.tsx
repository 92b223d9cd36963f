import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import type { z } from "zod";
import type { MeetingPage } from "../../features/meetings/contract.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { answerSeenBy, YourAnswer } from "../rsvps/your-answer.tsx";
import { timesOf } from "../parts/dates.ts";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalXL, margin: 0, padding: 0, listStyleType: "none", gridTemplateColumns: "minmax(0, 1fr)" },
  item: { display: "grid", gap: tokens.spacingVerticalS, gridTemplateColumns: "minmax(0, 1fr)" },
  when: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The meetings that the viewer is asked to, with their answers. */
export function MyMeetings({ meetings }: { readonly meetings: UseQueryResult<z.infer<typeof MeetingPage>> }) {
  const styles = useStyles();
  return (
    <Section title="My meetings">
      <Read of={meetings}>
        {({ items }) => {
          const open = items.filter(({ mayAnswer }) => mayAnswer).toReversed();
          if (open.length === 0) return <Empty>No meeting is booked that you are invited to. You get an invitation once one is.</Empty>;
          return (
            <>
              <ul className={styles.list}>
                {open.map((meeting) => (
                  <li key={meeting.id} className={styles.item}>
                    <h3 className={styles.when}>
                      <PageLink to={`meetings/${meeting.id}`}>{timesOf(meeting, meeting.zone)}</PageLink>
                    </h3>
                    <YourAnswer meeting={meeting} />
                  </li>
                ))}
              </ul>
              <Text size={200} className={styles.quiet}>
                {answerSeenBy}
              </Text>
            </>
          );
        }}
      </Read>
    </Section>
  );
}
