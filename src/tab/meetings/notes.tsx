import { Button, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingDetails } from "../../features/meetings/contract.ts";
import { day } from "../parts/dates.ts";
import { Section } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { NotesForm } from "./notes-form.tsx";

/** What came of a meeting, with who does what by when. */
export function Notes({ meeting, canEdit }: { readonly meeting: MeetingDetails; readonly canEdit: boolean }) {
  const [isEditing, setEditing] = useState(false);
  const { notes } = meeting;
  return (
    <Section
      title="Notes"
      actions={
        canEdit && !isEditing && <Button onClick={() => setEditing(true)}>{notes === null ? "Write notes" : "Change the notes"}</Button>
      }
    >
      {isEditing ? (
        <NotesForm meeting={meeting} onDone={() => setEditing(false)} />
      ) : notes === null ? (
        <Empty>Nobody has written notes yet.</Empty>
      ) : (
        <>
          <Text style={{ whiteSpace: "pre-line" }}>{notes.text}</Text>
          {notes.actions.length > 0 && (
            <DataTable
              caption="Who does what"
              rows={notes.actions}
              keyOf={({ what, who }) => `${what} ${who}`}
              columns={[
                { title: "What", cell: ({ what }) => what, width: 18 },
                { title: "Who", cell: ({ who }) => who, width: 10 },
                { title: "By", cell: ({ dueOn }) => (dueOn === null ? "" : day(dueOn)), width: 10 },
              ]}
            />
          )}
        </>
      )}
    </Section>
  );
}
