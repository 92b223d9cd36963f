import { Button, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular } from "@fluentui/react-icons";
import { useDeferredValue, useState } from "react";
import { useLocation } from "wouter";
import { PeoplePage, type PersonResource } from "../../features/roster/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { FloatingNote } from "../parts/floating-note.tsx";
import { More } from "../parts/more.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { ChangePerson } from "./change-person.tsx";
import { EndLinks } from "./end-links.tsx";
import { peopleColumns } from "./columns.tsx";
import { PartsOfPeople } from "./parts-of.tsx";
import { reachWords, roleWords } from "./words.ts";

const useStyles = makeStyles({
  filters: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalS },
  filter: { flex: "1 1 13rem", maxWidth: "22rem" },
});

const isRole = (value: string): value is PersonResource["role"] => value in roleWords;
const isWay = (value: string): value is PersonResource["reach"]["by"] => value in reachWords;

/** The people whom the viewer looks after, with how they are reached and who stands in for them. */
export function Roster({ mayRun }: { readonly mayRun: boolean }) {
  const styles = useStyles();
  const me = useMe();
  const focus = useKeptFocus();
  const [, go] = useLocation();
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<PersonResource["role"] | null>(null);
  const [reach, setReach] = useState<PersonResource["reach"]["by"] | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const search = useDeferredValue(typed.trim());
  const isNarrowed = search !== "" || role !== null || reach !== null;
  const query = new URLSearchParams({
    limit: "50",
    ...(search === "" ? {} : { search }),
    ...(role === null ? {} : { role }),
    ...(reach === null ? {} : { reach }),
  });
  const people = useList(`people?${query.toString()}`, PeoplePage, { keep: true });
  const change = (person: PersonResource) => (
    <>
      <ChangePerson person={person} mayRun={mayRun} onDone={setNote} onGone={focus.expect} />
      {mayRun && person.reach.by === "link" && <EndLinks person={person} onDone={setNote} />}
    </>
  );
  return (
    <Page
      title="People"
      intro="Who is in the network, how their cards reach them, and who stands in for them."
      actions={
        mayRun && (
          <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={() => go("/people/import")}>
            Import a roster
          </Button>
        )
      }
    >
      <PartsOfPeople />
      <Section title={Array.isArray(me.scope) ? `The people of ${me.scope.join(", ")}` : "The roster"} headingRef={focus.heading}>
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
          <Field label="Cards reach them" className={styles.filter}>
            <Select value={reach ?? "all"} onChange={(_event, { value }) => setReach(isWay(value) ? value : null)}>
              <option value="all">In any way, or not</option>
              {Object.entries(reachWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <Read of={people} loading={<Waiting height={60} />}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty>{emptyInWords({ isNarrowed, mayRun })}</Empty>
            ) : (
              <>
                <DataTable caption="People" columns={peopleColumns(change)} rows={rows} keyOf={({ id }) => id} stacks />
                <More list={people} />
              </>
            )
          }
        </Read>
      </Section>
      <FloatingNote text={note} onDismiss={() => setNote(null)} />
    </Page>
  );
}

function emptyInWords({ isNarrowed, mayRun }: { readonly isNarrowed: boolean; readonly mayRun: boolean }): string {
  if (isNarrowed) return "Nobody is like this. Try a shorter search, or choose everybody.";
  return mayRun ? "Nobody is in the roster yet. Import it to begin." : "Nobody of your areas is in the roster yet.";
}
