import { Switch } from "@fluentui/react-components";
import { useState } from "react";
import { type AuditEntry, AuditPage } from "../../features/settings/contract.ts";
import { useList } from "../api/use-list.ts";
import { moment } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";

const columns: readonly Column<AuditEntry>[] = [
  { title: "When", cell: ({ at }) => moment(at), width: 14 },
  { title: "What", cell: ({ words }) => words, width: 24 },
  { title: "About", cell: ({ subjectName }) => subjectName ?? "", width: 12 },
];

/** Who did what. Reading is in it too, and hidden at first. */
export function AuditLog() {
  const [all, setAll] = useState(false);
  const entries = useList(`audit-log?limit=50&show=${all ? "all" : "changes"}`, AuditPage);
  return (
    <Section
      title="Audit log"
      actions={<Switch label="Also what was only looked at" checked={all} onChange={(_event, { checked }) => setAll(checked)} />}
    >
      <Read of={entries}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>Nothing has been changed yet.</Empty>
          ) : (
            <>
              <DataTable caption="Audit log" columns={columns} rows={rows} keyOf={({ id }) => id} />
              <More list={entries} />
            </>
          )
        }
      </Read>
    </Section>
  );
}
