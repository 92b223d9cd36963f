import { Badge, Button, Field, Input, makeStyles, MessageBar, MessageBarBody, Select, Text, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular } from "@fluentui/react-icons";
import { useDeferredValue, useState } from "react";
import { useLocation } from "wouter";
import { PeoplePage, type PersonResource } from "../../features/roster/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { More } from "../parts/more.tsx";
import { Page } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { ChangePerson } from "./change-person.tsx";
import { absenceInWords, roleWords } from "./words.ts";

const reachColours = { teams: "success", link: "informative", none: "danger" } as const;
const reachWords = { teams: "Teams", link: "Link by e-mail", none: "Not reached" } as const;

const useStyles = makeStyles({
  filters: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL },
  filter: { flex: "1 1 14rem", maxWidth: "22rem" },
  two: { display: "grid", gap: tokens.spacingVerticalXXS, justifyItems: "start" },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const isRole = (value: string): value is PersonResource["role"] => value in roleWords;

/** The people whom the viewer looks after, with how they are reached and who stands in for them. */
export function Roster() {
  const styles = useStyles();
  const me = useMe();
  const [, go] = useLocation();
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<PersonResource["role"] | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const search = useDeferredValue(typed.trim());
  const query = new URLSearchParams({ limit: "50", ...(search === "" ? {} : { search }), ...(role === null ? {} : { role }) });
  const people = useList(`people?${query.toString()}`, PeoplePage);
  const runs = me.role === "admin" || me.scope === "network";
  const columns: readonly Column<PersonResource>[] = [
    {
      title: "Name",
      width: 14,
      cell: ({ name, organisation }) => (
        <span className={styles.two}>
          <Text weight="semibold">{name}</Text>
          <Text size={200} className={styles.quiet}>
            {organisation ?? ""}
          </Text>
        </span>
      ),
    },
    { title: "Role", cell: ({ role: theirs }) => roleWords[theirs], width: 8 },
    { title: "Area", cell: ({ area, place }) => [area, place].filter((part) => part !== null).join(", "), width: 12 },
    { title: "Teams", cell: ({ teams }) => teams.map(({ name }) => name).join(", "), width: 11 },
    {
      title: "Reached by",
      width: 15,
      cell: ({ reach }) => (
        <span className={styles.two}>
          <Badge appearance="tint" color={reachColours[reach.by]}>
            {reachWords[reach.by]}
          </Badge>
          {reach.by !== "teams" && <Text size={200}>{reach.why}</Text>}
        </span>
      ),
    },
    { title: "Absence", cell: absenceInWords, width: 12 },
    { title: "Change", cell: (person) => <ChangePerson person={person} mayRun={runs} onDone={setNote} />, width: 7 },
  ];
  return (
    <Page
      title="People"
      intro="Who is in the network, how their cards reach them, and who stands in for them."
      actions={
        runs && (
          <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={() => go("/people/import")}>
            Import a roster
          </Button>
        )
      }
    >
      <div role="status">
        {note !== null && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{note}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={styles.filters}>
        <Field label="Search" className={styles.filter}>
          <Input type="search" value={typed} placeholder="Name, e-mail or area" onChange={(_event, { value }) => setTyped(value)} />
        </Field>
        <Field label="Role" className={styles.filter}>
          <Select value={role ?? "all"} onChange={(_event, { value }) => setRole(isRole(value) ? value : null)}>
            <option value="all">Everybody</option>
            {Object.entries(roleWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}s
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Read of={people} loading={<div style={{ minHeight: "60vh" }} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty>{search === "" && role === null ? "Nobody is in the roster yet. Import it to begin." : "Nobody is like this. Try a shorter search."}</Empty>
          ) : (
            <>
              <DataTable caption="People" columns={columns} rows={rows} keyOf={({ id }) => id} />
              <More list={people} />
            </>
          )
        }
      </Read>
    </Page>
  );
}
