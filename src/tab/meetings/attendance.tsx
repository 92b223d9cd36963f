import { Button, Checkbox, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { inWords } from "../api/problem.ts";
import { Section } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { useChange } from "./use-change.ts";

const useStyles = makeStyles({
  people: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(16rem, 100%), 1fr))" },
  foot: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
});

/** Who was there: known of nobody until a lead says so. */
export function Attendance({ meeting, canEdit }: { readonly meeting: MeetingDetails; readonly canEdit: boolean }) {
  const styles = useStyles();
  const [marks, setMarks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { change, isPending, isSuccess, error } = useChange(meeting.id);
  const { people } = meeting;
  const isKnown = people.some(({ attended }) => attended !== null);
  const there = people.filter(({ attended }) => attended === true).length;
  const save = async () => {
    // Once anybody is marked, all are: who wasn't ticked wasn't there.
    const attended = people.map(({ person, attended: before }) => ({
      person: person.id,
      attended: marks.get(person.id) ?? before ?? false,
    }));
    await change({ attended });
    setMarks(new Map());
  };
  return (
    <Section title="Who was there">
      <Text>{isKnown ? `${there} of ${people.length} who were invited.` : "Nobody has been marked yet."}</Text>
      {canEdit && (
        <>
          <div className={styles.people} role="group" aria-label="Who was there">
            {people.map(({ person, attended }) => (
              <Checkbox
                key={person.id}
                label={person.name}
                checked={marks.get(person.id) ?? attended ?? false}
                onChange={(_event, { checked }) => setMarks(new Map(marks).set(person.id, checked === true))}
              />
            ))}
          </div>
          {error !== null && <ProblemBar message={inWords(error)} />}
          <div className={styles.foot}>
            <Button
              appearance="primary"
              disabled={isPending || marks.size === 0}
              // What went wrong is on the screen already; the ticks stay.
              onClick={() => void save().catch(() => undefined)}
            >
              {isPending ? "Saving…" : "Save who was there"}
            </Button>
            <Text role="status">{isSuccess && marks.size === 0 ? "Saved." : ""}</Text>
          </div>
        </>
      )}
    </Section>
  );
}
