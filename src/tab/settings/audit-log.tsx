import { makeStyles, Switch, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { type AuditEntry, AuditPage } from "../../features/settings/contract.ts";
import { useList } from "../api/use-list.ts";
import { moment } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { changesInWords } from "./audit-words.ts";

const columns: readonly Column<AuditEntry>[] = [
  { title: "When", cell: ({ at }) => moment(at), width: 14 },
  { title: "What", cell: (entry) => <What entry={entry} />, width: 36 },
];

const useStyles = makeStyles({
  what: { display: "grid", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

/** Who did what. Reading is in it too, and hidden at first. */
export function AuditLog() {
  const [all, setAll] = useState(false);
  const entries = useList(`audit-log?limit=50&show=${all ? "all" : "changes"}`, AuditPage, { keep: true });
  return (
    <Section
      title="Audit log"
      actions={<Switch label="Everything, also what was only looked at" checked={all} onChange={(_event, { checked }) => setAll(checked)} />}
    >
      <Read of={entries} loading={<Waiting height={60} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>Nothing has been changed yet. Changes of settings and people, rounds, meetings and surveys are written down here.</Empty>
          ) : (
            <>
              <DataTable caption="Who did what, the newest first" columns={columns} rows={rows} keyOf={({ id }) => id} stacks />
              <More list={entries} />
            </>
          )
        }
      </Read>
    </Section>
  );
}

function What({ entry }: { readonly entry: AuditEntry }) {
  const styles = useStyles();
  const changes = changesInWords(entry);
  return (
    <span className={styles.what}>
      <Text>{entry.words}.</Text>
      {changes.map((change) => (
        <Text key={change} size={200} className={styles.quiet}>
          {change}
        </Text>
      ))}
    </span>
  );
}
