import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { Evidence, sheetKeys, type SheetKey } from "../../features/evidence/contract.ts";
import { inWords } from "../api/problem.ts";
import { useApi, useRead } from "../api/use-api.ts";
import { Page, Section } from "../parts/page.tsx";
import { saveFile } from "../parts/save-file.ts";
import { ProblemBar, Read } from "../parts/states.tsx";
import { Figures } from "./figures.tsx";

const sheetWords: Readonly<Record<SheetKey, string>> = {
  summary: "Summary",
  areas: "By area",
  places: "By place",
  pulse: "Pulse",
  method: "Method and caveats",
};

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  quote: { margin: 0, paddingLeft: tokens.spacingHorizontalM, borderLeft: `3px solid ${tokens.colorNeutralStroke1}`, maxWidth: "80ch" },
});

/** One press for the files; what they say is on the page before. */
export function Pack() {
  const styles = useStyles();
  const api = useApi();
  const [, go] = useLocation();
  const [copied, setCopied] = useState("");
  const evidence = useRead("exports/evidence", Evidence);
  const file = useMutation({ mutationFn: async (path: string) => saveFile(await api.file(path)) });
  const copy = async (text: string) => {
    // Teams may forbid it; then the paragraph can still be marked and copied by hand.
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(isCopied ? "Copied." : "It can’t be copied from here: mark the paragraph and copy it.");
  };
  return (
    <Page
      title="Evidence"
      intro="What you can hand to a commissioner: combined figures and shared surveys, with how they came about. No person and no team can be read from it."
      actions={
        <>
          <Button appearance="primary" disabled={file.isPending} onClick={() => file.mutate("exports/evidence.xlsx")}>
            {file.isPending ? "Making the file…" : "Download the spreadsheet"}
          </Button>
          <Button onClick={() => go("/evidence/report")}>Report to print</Button>
        </>
      }
    >
      {file.error !== null && <ProblemBar message={inWords(file.error)} />}
      <Read of={evidence}>
        {(pack) => (
          <>
            <Section
              title="A paragraph to paste"
              actions={
                <>
                  <Text role="status">{copied}</Text>
                  <Button onClick={() => void copy(pack.paragraph)}>Copy it</Button>
                </>
              }
            >
              <blockquote className={styles.quote}>
                <Text>{pack.paragraph}</Text>
              </blockquote>
            </Section>
            <Section title={`As of ${pack.asOfWords}: ${pack.coverage}`}>
              <Figures figures={pack.summary} />
            </Section>
            <Section title="Single sheets as CSV">
              <div className={styles.row}>
                {sheetKeys.map((sheet) => (
                  <Button key={sheet} disabled={file.isPending} onClick={() => file.mutate(`exports/evidence.csv?sheet=${sheet}`)}>
                    {sheetWords[sheet]}
                  </Button>
                ))}
              </div>
            </Section>
            <Section title="Before you use it">
              <ul>
                {pack.caveats.map(({ heading, text }) => (
                  <li key={heading}>
                    <Text weight="semibold">{heading}. </Text>
                    <Text>{text}</Text>
                  </li>
                ))}
              </ul>
            </Section>
          </>
        )}
      </Read>
    </Page>
  );
}
