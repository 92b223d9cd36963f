import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PeoplePage, type PersonResource } from "../../features/roster/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { FloatingNote } from "../parts/floating-note.tsx";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { HandOver } from "./hand-over.tsx";
import { LeadScope } from "./lead-scope.tsx";

const inWords = ({ scope }: PersonResource): string =>
  scope === null ? "No teams" : scope.kind === "network" ? "The whole network, and runs it" : scope.areas.join(", ");

/** Who leads what; new leads, other scopes, and the hand-over of the network. */
export function Leads() {
  const me = useMe();
  const client = useQueryClient();
  const focus = useKeptFocus();
  const leads = useList("people?role=lead&limit=200", PeoplePage);
  const [note, setNote] = useState<string | null>(null);
  const dismiss = () => {
    setNote(null);
    // Whoever handed over and stepped down finds fewer pages now, once they have read what came of it.
    void client.invalidateQueries({ queryKey: ["me"] });
  };
  const columns: readonly Column<PersonResource>[] = [
    { title: "Name", cell: ({ name }) => name, width: 12, isPlain: true },
    { title: "Sees", cell: inWords, width: 16 },
    { title: "Organisation", cell: ({ organisation }) => organisation ?? "", width: 14 },
    {
      title: "Change",
      cell: (person) => <LeadScope person={person} onDone={setNote} onGone={focus.expect} />,
      width: 8,
      isPlain: true,
    },
  ];
  return (
    <Section
      title="Leads"
      headingRef={focus.heading}
      actions={
        <>
          <LeadScope person={null} onDone={setNote} onGone={focus.expect} />
          {me.role === "lead" && <HandOver onDone={setNote} />}
        </>
      }
    >
      <Read of={leads} loading={<Waiting height={12} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>Nobody leads this network yet. Make somebody a lead, or give them the role in the roster.</Empty>
          ) : (
            <>
              <DataTable caption="Who leads what" columns={columns} rows={rows} keyOf={({ id }) => id} stacks />
              <More list={leads} />
            </>
          )
        }
      </Read>
      <FloatingNote text={note} onDismiss={dismiss} />
    </Section>
  );
}
