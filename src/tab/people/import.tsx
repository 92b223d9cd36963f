import { Button, Spinner, Text } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { RosterImportResult } from "../../features/roster/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { DropFile } from "./drop-file.tsx";
import { Imported, WhatIsWrong } from "./import-outcome.tsx";
import { Preview } from "./preview.tsx";

/** Imports a roster: the file is looked through first, and nothing changes before what would change has been seen. */
export function Import() {
  const [file, setFile] = useState<File | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const look = useSend<RosterImportResult>([]);
  const take = useSend<RosterImportResult>();
  const outcome = take.error ?? take.data ?? look.error ?? look.data ?? null;
  // Whatever came of it is below what was pressed, and what was pressed may be gone.
  useEffect(() => heading.current?.focus(), [outcome]);
  const choose = (chosen: File) => {
    setFile(chosen);
    take.reset();
    look.mutate({ path: "roster?dryRun=true", body: chosen, schema: RosterImportResult });
  };
  const importIt = () => {
    if (file !== null && !take.isPending) take.mutate({ path: "roster", body: file, schema: RosterImportResult });
  };
  const error = take.error ?? look.error;
  return (
    <Page title="Import a roster" intro={<PageLink to="people">Back to people</PageLink>}>
      <Section title="The file">
        <Text>
          A CSV file with a row for each person; somebody with several teams has a row for each. Its first row names the columns, such as name,
          email, role, area, team and link_worker_wte. Nothing changes until you have seen what would.
        </Text>
        <DropFile onFile={choose} isBusy={look.isPending || take.isPending} name={file?.name ?? null} />
        <div role="status">{look.isPending && <Spinner size="small" label={`Looking through ${file?.name ?? "the file"}…`} />}</div>
      </Section>
      {error !== null ? (
        <WhatIsWrong error={error} headingRef={heading} />
      ) : take.data !== undefined ? (
        <Imported result={take.data} headingRef={heading} />
      ) : (
        look.data !== undefined && (
          <Preview
            result={look.data}
            headingRef={heading}
            action={
              <Button appearance="primary" disabledFocusable={take.isPending} onClick={importIt}>
                {take.isPending ? "Importing…" : "Import these changes"}
              </Button>
            }
          />
        )
      )}
    </Page>
  );
}
