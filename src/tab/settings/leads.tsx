import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import { PeoplePage, type PersonResource } from "../../features/roster/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { HandOver } from "./hand-over.tsx";
import { LeadScope } from "./lead-scope.tsx";

const inWords = ({ scope }: PersonResource): string =>
  scope === null ? "No teams" : scope.kind === "network" ? "The whole network" : scope.areas.join(", ");

/** Who leads what; new leads, other scopes, and the hand-over of the network. */
export function Leads() {
  const me = useMe();
  const leads = useList("people?role=lead&limit=200", PeoplePage);
  const [note, setNote] = useState<string | null>(null);
  const columns: readonly Column<PersonResource>[] = [
    { title: "Name", cell: ({ name }) => name, width: 12 },
    { title: "Sees", cell: inWords, width: 16 },
    { title: "Organisation", cell: ({ organisation }) => organisation ?? "", width: 14 },
    {
      title: "Change",
      cell: (person) => <LeadScope person={person} onDone={setNote} />,
      width: 10,
    },
  ];
  return (
    <Section
      title="Leads"
      actions={
        <>
          <LeadScope person={null} onDone={setNote} />
          {me.role === "lead" && <HandOver onDone={setNote} />}
        </>
      }
    >
      <div role="status">
        {note !== null && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{note}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <Read of={leads}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>Nobody leads this network yet. Make somebody a lead, or give them the role in the roster.</Empty>
          ) : (
            <>
              <DataTable caption="Leads" columns={columns} rows={rows} keyOf={({ id }) => id} />
              <More list={leads} />
            </>
          )
        }
      </Read>
    </Section>
  );
}
