import { Button, Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { changesOf, type Marks, wasThere } from "./marks.ts";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  people: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(14rem, 100%), 1fr))" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface AttendanceProps {
  readonly meeting: MeetingDetails;
  readonly canEdit: boolean;
  /** True for a lead of some areas, who sees their people only. */
  readonly isPart: boolean;
}

/** Who was there: known of nobody until a lead says so. */
export function Attendance({ meeting, canEdit, isPart }: AttendanceProps) {
  const styles = useStyles();
  const [marks, setMarks] = useState<Marks | null>(null);
  const { change, isPending, isSuccess, error, reset } = useChange(meeting.id);
  const { heading, expect } = useKeptFocus();
  const { people, attended } = meeting;
  const there = people.filter((one) => one.attended === true);
  const close = () => {
    expect();
    setMarks(null);
  };
  // What went wrong is on the screen already; the ticks stay.
  const save = (given: Marks) => void change({ attended: changesOf(people, given) }).then(close, () => undefined);
  const open = () => {
    reset();
    setMarks(new Map());
  };
  return (
    <Section
      title="Who was there"
      headingRef={heading}
      actions={canEdit && marks === null && <Button onClick={open}>{attended === null ? "Mark who was there" : "Change"}</Button>}
    >
      {marks === null && (
        <>
          <Text role="status">
            {isSuccess && "Saved. "}
            {attended === null ? "Nobody has been marked yet." : `${attended} of ${meeting.rsvps.invited} who were invited.`}
          </Text>
          {there.length > 0 && (
            <Text className={styles.quiet}>
              {isPart && "Of your areas: "}
              {there.map(({ person }) => person.name).join(", ")}
            </Text>
          )}
        </>
      )}
      {marks !== null && (
        <>
          <div className={styles.foot}>
            <Button onClick={() => setMarks(new Map(people.map(({ person, answer }) => [person.id, answer === "yes"])))}>Tick whoever said yes</Button>
            <Text role="status">
              {people.filter((one) => wasThere(one, marks)).length} of {people.length} ticked
            </Text>
          </div>
          <div className={styles.people} role="group" aria-label="Who was there">
            {people.map((one) => (
              <Checkbox
                key={one.person.id}
                label={one.person.name}
                checked={wasThere(one, marks)}
                onChange={(_event, { checked }) => setMarks(new Map(marks).set(one.person.id, checked === true))}
              />
            ))}
          </div>
          {error !== null && <ProblemBar message={inWords(error)} />}
          <div className={styles.foot}>
            <Button appearance="primary" disabledFocusable={isPending || changesOf(people, marks).length === 0} onClick={() => save(marks)}>
              {isPending ? "Saving…" : "Save who was there"}
            </Button>
            <Button onClick={close}>Not now</Button>
          </div>
        </>
      )}
    </Section>
  );
}
