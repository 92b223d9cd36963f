import { Button, makeStyles, Switch, Text, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type AuditEntry, AuditPage } from "../../features/settings/contract.ts";
import { inWords } from "../api/problem.ts";
import { useApi } from "../api/use-api.ts";
import { useList } from "../api/use-list.ts";
import { moment } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Section } from "../parts/page.tsx";
import { saveFile } from "../parts/save-file.ts";
import { Empty, ProblemBar, Read } from "../parts/states.tsx";
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
  const api = useApi();
  const file = useMutation({ mutationFn: async () => saveFile(await api.file("exports/audit-log.csv")) });
  const entries = useList(`audit-log?limit=50&show=${all ? "all" : "changes"}`, AuditPage, { keep: true });
  return (
    <Section
      title="Audit log"
      actions={
        <>
          <Switch label="Everything, also what was only looked at" checked={all} onChange={(_event, { checked }) => setAll(checked)} />
          <Button icon={<ArrowDownloadRegular />} disabledFocusable={file.isPending} onClick={() => { if (!file.isPending) file.mutate(); }}>
            {file.isPending ? "Making the file…" : "Download all of it"}
          </Button>
        </>
      }
    >
      {file.error !== null && <ProblemBar message={inWords(file.error)} />}
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
