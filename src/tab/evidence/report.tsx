import { Button, FluentProvider, makeStyles, teamsLightTheme, Text, tokens } from "@fluentui/react-components";
import { Evidence } from "../../features/evidence/contract.ts";
import { useRead } from "../api/use-api.ts";
import { CaseloadWaiting } from "../load/waiting.tsx";
import { day } from "../parts/dates.ts";
import { Page, PageLink } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { ReportPages } from "./report-pages.tsx";
import { useOnPaper } from "./use-on-paper.ts";

const useStyles = makeStyles({
  // Two pages of A4 hold what a desktop's window does at this size; text stays above 7 points.
  paper: { backgroundColor: "transparent", "@media print": { zoom: "0.7", backgroundColor: "white" } },
  back: { alignSelf: "center", paddingInline: tokens.spacingHorizontalS },
});

/** What is printed is read in other years too. */
const withYear = { today: new Date(0) };

/** Two pages for an ICB or a PCN, made to be printed or saved as PDF by the browser. */
export function Report() {
  const styles = useStyles();
  const isOnPaper = useOnPaper();
  const evidence = useRead("exports/evidence", Evidence);
  const pack = evidence.data;
  return (
    <FluentProvider {...(isOnPaper ? { theme: teamsLightTheme } : {})} className={styles.paper}>
      <Page
        title={pack?.title ?? "Report"}
        intro={pack === undefined ? "Two pages to print." : `As of ${pack.asOfWords}: ${pack.coverage}. Made on ${day(pack.madeOn, withYear)}.`}
        actions={
          <>
            <Button appearance="primary" disabled={pack === undefined} onClick={() => print()}>
              Print or save as PDF
            </Button>
            <Text className={styles.back}>
              <PageLink to="evidence">Back to the pack</PageLink>
            </Text>
          </>
        }
      >
        <Read of={evidence} loading={<CaseloadWaiting />}>
          {(loaded) => <ReportPages pack={loaded} />}
        </Read>
      </Page>
    </FluentProvider>
  );
}
