import { MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import type { ReactNode, Ref } from "react";
import type { RosterImportResult } from "../../features/roster/contract.ts";
import { Section } from "../parts/page.tsx";
import { DataTable } from "../parts/table.tsx";
import { counted } from "../parts/words.ts";

interface PreviewProps {
  readonly result: RosterImportResult;
  /** The button that imports it. */
  readonly action: ReactNode;
  readonly headingRef: Ref<HTMLHeadingElement>;
}

/** What an import would change, before it does. */
export function Preview({ result, action, headingRef }: PreviewProps) {
  const { adds, changes, leavers, reach, warnings, counts } = result;
  const unreached = reach.filter(({ by }) => by === "none");
  const nothing = adds.length + changes.length + leavers.length === 0;
  const changedFields = changes.flatMap(({ name, fields }) => fields.map((field) => ({ name, ...field })));
  return (
    <>
      <Section title="What would change" actions={nothing ? undefined : action} headingRef={headingRef}>
        <Text>
          {nothing
            ? `Nothing: the roster has these ${counted(counts.people, "person", "people")} already.`
            : `${[
                counted(adds.length, "person comes", "people come"),
                counted(changes.length, "changes", "change"),
                counted(leavers.length, "leaves", "leave"),
              ].join(", ")}. The roster has ${counted(counts.people, "person", "people")} and ${counted(counts.teams, "team")} then.`}
        </Text>
        {leavers.length > 0 && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              {counted(leavers.length, "person isn’t", "people aren’t")} in the file and {leavers.length === 1 ? "leaves" : "leave"} the network. Import
              it only if the file is the whole roster.
            </MessageBarBody>
          </MessageBar>
        )}
        {warnings.map((warning) => (
          <MessageBar key={warning} intent="warning" layout="multiline">
            <MessageBarBody>{warning}</MessageBarBody>
          </MessageBar>
        ))}
      </Section>
      {leavers.length > 0 && (
        <People title="Who leaves, and gets no more cards" rows={leavers.map(({ name, email }) => ({ name, email, why: "Not in the file" }))} />
      )}
      {adds.length > 0 && (
        <People title="Who comes" rows={adds.map(({ name, email, returning }) => ({ name, email, why: returning ? "Was here before and is back" : "New" }))} />
      )}
      {changedFields.length > 0 && (
        <Section title="What changes">
          <DataTable
            caption="What changes about people"
            rows={changedFields}
            keyOf={({ name, column, team }) => `${name} ${column} ${team ?? ""}`}
            columns={[
              { title: "Who", cell: ({ name }) => name, width: 12, isPlain: true },
              { title: "What", cell: ({ column, team }) => (team === null ? column : `${column} of ${team}`), width: 12 },
              { title: "From", cell: ({ from }) => from ?? "nothing", width: 10 },
              { title: "To", cell: ({ to }) => to ?? "nothing", width: 10 },
            ]}
            stacks
          />
        </Section>
      )}
      {unreached.length > 0 && <People title="Who isn’t reached yet" rows={unreached} />}
    </>
  );
}

interface NamedRow {
  readonly name: string;
  readonly email: string;
  readonly why: string;
}

function People({ title, rows }: { readonly title: string; readonly rows: readonly NamedRow[] }) {
  return (
    <Section title={title}>
      <DataTable
        caption={title}
        rows={rows}
        keyOf={({ email }) => email}
        columns={[
          { title: "Name", cell: ({ name }) => name, width: 12, isPlain: true },
          { title: "E-mail", cell: ({ email }) => email, width: 16 },
          { title: "Why", cell: ({ why }) => why, width: 14 },
        ]}
        stacks
      />
    </Section>
  );
}
