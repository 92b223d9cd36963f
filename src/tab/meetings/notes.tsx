import { Button, makeStyles, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { NotesForm } from "./notes-form.tsx";

const useStyles = makeStyles({ text: { whiteSpace: "pre-line", maxWidth: "75ch" } });

/** What came of a meeting, with who does what by when. */
export function Notes({ meeting, canEdit }: { readonly meeting: MeetingDetails; readonly canEdit: boolean }) {
  const styles = useStyles();
  const [isEditing, setEditing] = useState(false);
  const [said, setSaid] = useState("");
  const { heading, expect } = useKeptFocus();
  const { notes } = meeting;
  const close = (isSent: boolean) => {
    expect();
    setEditing(false);
    setSaid(isSent ? "Sent to everybody who was invited." : "");
  };
  return (
    <Section
      title="Notes"
      headingRef={heading}
      actions={
        canEdit && !isEditing && <Button onClick={() => setEditing(true)}>{notes === null ? "Write notes" : "Change the notes"}</Button>
      }
    >
      {isEditing ? (
        <NotesForm meeting={meeting} onDone={close} />
      ) : notes === null ? (
        <Empty>Nobody has written notes yet.</Empty>
      ) : (
        <>
          {said !== "" && <Text role="status">{said}</Text>}
          <Text className={styles.text}>{notes.text}</Text>
          {notes.actions.length > 0 && (
            <DataTable
              caption="Who does what"
              rows={notes.actions.map((action, place) => ({ ...action, place }))}
              keyOf={({ place }) => String(place)}
              columns={[
                { title: "What", cell: ({ what }) => what, width: 12 },
                { title: "Who", cell: ({ who }) => who, width: 9 },
                { title: "By", cell: ({ dueOn }) => (dueOn === null ? "No date" : day(dueOn)), width: 10 },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}
