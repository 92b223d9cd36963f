import { Text } from "@fluentui/react-components";
import type { Ref } from "react";
import type { RosterImportResult } from "../../features/roster/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { counted } from "../parts/words.ts";

interface OutcomeProps {
  readonly headingRef: Ref<HTMLHeadingElement>;
}

/** Why a file wasn't imported, row by row where rows are at fault. */
export function WhatIsWrong({ error, headingRef }: OutcomeProps & { readonly error: unknown }) {
  const errors = error instanceof ApiFault ? error.errors : [];
  return (
    <Section title={errors.length === 0 ? "Nothing was imported" : "What to put right"} headingRef={headingRef}>
      <ProblemBar message={inWords(error)} />
      {errors.length > 0 && (
        <DataTable
          caption="What to put right in the file"
          rows={errors}
          keyOf={({ path, message }) => `${path} ${message}`}
          columns={[
            { title: "Where", cell: ({ path }) => capitalised(path), width: 10 },
            { title: "What", cell: ({ message }) => message, width: 24 },
          ]}
          stacks
        />
      )}
    </Section>
  );
}

/** What the roster has once a file was imported. */
export function Imported({ result: { counts }, headingRef }: OutcomeProps & { readonly result: RosterImportResult }) {
  return (
    <Section title="Imported" headingRef={headingRef}>
      <Text>
        The roster has {counted(counts.people, "person", "people")} and {counted(counts.teams, "team")} now: {counted(counts.adds, "person", "people")}{" "}
        came, {counts.changes.toLocaleString("en-GB")} changed, {counts.leavers.toLocaleString("en-GB")} left.
      </Text>
      <PageLink to="people">See the people</PageLink>
    </Section>
  );
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
