import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { Evidence, type EvidenceGroup } from "../../features/evidence/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Read, Withheld } from "../parts/states.tsx";
import { type Column, DataTable } from "../parts/table.tsx";
import { Distribution } from "../survey/distribution.tsx";
import { Score } from "../survey/score.tsx";
import { Figures } from "./figures.tsx";

const useStyles = makeStyles({
  second: { "@media print": { breakBefore: "page" }, display: "grid", gap: tokens.spacingVerticalXL },
  notes: { columnWidth: "22rem", columnGap: tokens.spacingHorizontalXXL },
  note: { breakInside: "avoid", margin: `0 0 ${tokens.spacingVerticalS}` },
});

const columns = (what: string): readonly Column<EvidenceGroup>[] => [
  { title: what, cell: ({ name }) => name, width: 12 },
  { title: "Against the guide range, 12 weeks", cell: ({ words }) => words, width: 22 },
  { title: "WTE needed", cell: ({ wteNeeded }) => wteNeeded ?? "", isNumber: true, width: 6 },
  { title: "Behind it", cell: ({ coverage }) => coverage, width: 12 },
];

/** Two pages for an ICB or a PCN, made to be printed or saved as PDF by the browser. */
export function Report() {
  const styles = useStyles();
  const evidence = useRead("exports/evidence", Evidence);
  return (
    <Read of={evidence}>
      {(pack) => (
        <Page
          title={pack.title}
          intro={`${pack.network}. As of ${pack.asOfWords}: ${pack.coverage}. Made on ${day(pack.madeOn)}.`}
          actions={
            <>
              <Button appearance="primary" onClick={() => print()}>
                Print or save as PDF
              </Button>
              <PageLink to="evidence">Back</PageLink>
            </>
          }
        >
          <Section title="In short">
            <Text>{pack.paragraph}</Text>
            <Figures figures={pack.summary} />
          </Section>
          <Section title="By area">
            <DataTable caption="By area" rows={pack.byArea.groups} keyOf={({ name }) => name} columns={columns("Area")} />
            <Text size={200}>{pack.byArea.note}</Text>
          </Section>
          <div className={styles.second}>
            <Section title="By place">
              <DataTable caption="By place" rows={pack.byPlace.groups} keyOf={({ name }) => name} columns={columns("Place")} />
              <Text size={200}>{pack.byPlace.note}</Text>
            </Section>
            <Section title="How work is: the pulse survey">
              {pack.pulse.kind === "none" ? (
                <Withheld words={pack.pulse.words} />
              ) : (
                <>
                  <Text>
                    {pack.pulse.words} {pack.pulse.coverage}
                  </Text>
                  <Score score={pack.pulse.score} />
                  <Distribution distribution={pack.pulse.bands} name="Bands" />
                </>
              )}
            </Section>
            <Section title="Method and caveats">
              <div className={styles.notes}>
                {[...pack.method, ...pack.caveats].map(({ heading, text }) => (
                  <p key={heading} className={styles.note}>
                    <Text size={200} weight="semibold">
                      {heading}.{" "}
                    </Text>
                    <Text size={200}>{text}</Text>
                  </p>
                ))}
              </div>
            </Section>
          </div>
        </Page>
      )}
    </Read>
  );
}
