import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import type { MeetingResource } from "../../features/meetings/contract.ts";
import { PageLink } from "../parts/page.tsx";
import { answerSeenBy, YourAnswer } from "../rsvps/your-answer.tsx";
import { RsvpBar } from "../rsvps/rsvp-bar.tsx";
import { stateWords } from "./words.ts";
import { timesOf } from "../parts/dates.ts";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalXXL, margin: 0, padding: 0, listStyleType: "none", gridTemplateColumns: "minmax(0, 1fr)" },
  item: { display: "grid", gap: tokens.spacingVerticalM, gridTemplateColumns: "minmax(0, 1fr)" },
  head: { display: "grid", gap: tokens.spacingVerticalXXS, justifyItems: "start" },
  when: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  what: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center", color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Meetings that are booked, the next one first, with who comes and whether the viewer does. */
export function Coming({ meetings }: { readonly meetings: readonly MeetingResource[] }) {
  const styles = useStyles();
  return (
    <>
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <li key={meeting.id} className={styles.item}>
            <div className={styles.head}>
              <h3 className={styles.when}>
                <PageLink to={`meetings/${meeting.id}`}>{timesOf(meeting, meeting.zone)}</PageLink>
              </h3>
              <span className={styles.what}>
                <Text>{meeting.title}</Text>
                {meeting.state === "booking" && <Badge appearance="tint">{stateWords.booking}</Badge>}
                {meeting.calendar.state === "failed" && (
                  <Badge appearance="tint" color="danger">
                    Calendar out of step
                  </Badge>
                )}
              </span>
            </div>
            <RsvpBar rsvps={meeting.rsvps} />
            {meeting.mayAnswer && <YourAnswer meeting={meeting} />}
          </li>
        ))}
      </ul>
      {meetings.some(({ mayAnswer }) => mayAnswer) && (
        <Text size={200} className={styles.quiet}>
          {answerSeenBy}
        </Text>
      )}
    </>
  );
}
