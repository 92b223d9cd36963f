import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular, PrintRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type SheetKey, sheetKeys } from "../../features/evidence/contract.ts";
import { inWords } from "../api/problem.ts";
import { useApi } from "../api/use-api.ts";
import { Section } from "../parts/page.tsx";
import { saveFile } from "../parts/save-file.ts";
import { ProblemBar } from "../parts/states.tsx";

const sheetWords: Readonly<Record<SheetKey, string>> = {
  summary: "Summary",
  areas: "By area",
  places: "By place",
  pulse: "Pulse",
  method: "Method and caveats",
};

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
});

/** The files of the pack: each is one press away. */
export function Files() {
  const styles = useStyles();
  const api = useApi();
  const [said, setSaid] = useState("");
  const file = useMutation({
    mutationFn: async (path: string) => {
      setSaid("");
      const made = await api.file(path);
      saveFile(made);
      setSaid(`${made.name} is saved with your downloads.`);
    },
  });
  const isMaking = (path: string) => file.isPending && file.variables === path;
  const fetchFile = (path: string) => {
    if (!file.isPending) file.mutate(path);
  };
  return (
    <Section title="Files">
      <div className={styles.row}>
        <Button appearance="primary" icon={<ArrowDownloadRegular />} disabledFocusable={file.isPending} onClick={() => fetchFile("exports/evidence.xlsx")}>
          {isMaking("exports/evidence.xlsx") ? "Making the file…" : "Download the spreadsheet"}
        </Button>
        <Button as="a" href="#/evidence/report" icon={<PrintRegular />}>
          Report to print
        </Button>
      </div>
      <div className={styles.row} role="group" aria-label="Single sheets as CSV">
        <Text>Single sheets as CSV:</Text>
        {sheetKeys.map((sheet) => {
          const path = `exports/evidence.csv?sheet=${sheet}`;
          return (
            <Button key={sheet} size="small" disabledFocusable={file.isPending} onClick={() => fetchFile(path)}>
              {isMaking(path) ? "Making it…" : sheetWords[sheet]}
            </Button>
          );
        })}
      </div>
      {file.error !== null && <ProblemBar message={inWords(file.error)} />}
      <Text role="status" size={200}>
        {said}
      </Text>
    </Section>
  );
}
