import { Button, Text } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { RosterImportResult } from "../../features/roster/contract.ts";
import { ApiFault, inWords } from "../api/problem.ts";
import { useSend } from "../api/use-api.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { ProblemBar } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { DropFile } from "./drop-file.tsx";
import { Preview } from "./preview.tsx";

/** Imports a roster: the file is looked through first, and nothing changes before what would change has been seen. */
export function Import() {
  const [file, setFile] = useState<File | null>(null);
  const heading = useRef<HTMLDivElement>(null);
  const look = useSend<RosterImportResult>([]);
  const take = useSend<RosterImportResult>();
  const choose = (chosen: File) => {
    setFile(chosen);
    take.reset();
    look.mutate({ path: "roster?dryRun=true", body: chosen, schema: RosterImportResult }, { onSettled: () => heading.current?.focus() });
  };
  const error = take.error ?? look.error;
  const errors = error instanceof ApiFault ? error.errors : [];
  return (
    <Page title="Import a roster" intro={<PageLink to="people">Back to people</PageLink>}>
      <Section title="The file">
        <Text>A CSV file with a row for each person, or several for somebody with several teams. Nothing changes until you have seen what would.</Text>
        <DropFile onFile={choose} isBusy={look.isPending} name={file?.name ?? null} />
      </Section>
      <div ref={heading} tabIndex={-1} role="status" aria-live="polite">
        {look.isPending && <Text>Looking through {file?.name}…</Text>}
        {error !== null && <ProblemBar message={inWords(error)} />}
      </div>
      {errors.length > 0 && (
        <Section title="What to put right">
          <DataTable
            caption="What to put right in the file"
            rows={errors}
            keyOf={({ path, message }) => `${path} ${message}`}
            columns={[
              { title: "Where", cell: ({ path }) => path, width: 10 },
              { title: "What", cell: ({ message }) => message, width: 24 },
            ]}
          />
        </Section>
      )}
      {error === null && take.data !== undefined && (
        <Section title="Imported">
          <Text role="status">
            {take.data.counts.people} people and {take.data.counts.teams} teams are in the roster now.
          </Text>
          <PageLink to="people">See the people</PageLink>
        </Section>
      )}
      {error === null && take.data === undefined && look.data !== undefined && (
        <Preview
          result={look.data}
          action={
            <Button
              appearance="primary"
              disabled={file === null || take.isPending}
              onClick={() => file !== null && take.mutate({ path: "roster", body: file, schema: RosterImportResult })}
            >
              {take.isPending ? "Importing…" : "Import these changes"}
            </Button>
          }
        />
      )}
    </Page>
  );
}
