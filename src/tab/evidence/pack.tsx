import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { Evidence } from "../../features/evidence/contract.ts";
import { useRead } from "../api/use-api.ts";
import { CaseloadWaiting } from "../load/waiting.tsx";
import { Page, Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { Figures } from "./figures.tsx";
import { Files } from "./files.tsx";
import { Paragraph } from "./paragraph.tsx";

const useStyles = makeStyles({
  notes: { display: "grid", gap: tokens.spacingVerticalS, margin: 0, padding: 0, listStyleType: "none", maxWidth: "80ch" },
});

/** One press for the files; what they say is on the page before. */
export function Pack() {
  const styles = useStyles();
  const evidence = useRead("exports/evidence", Evidence);
  return (
    <Page
      title="Evidence"
      intro="What can be handed to a commissioner: combined figures and shared surveys, with how they came about. No person and no team can be read from it."
    >
      <Read of={evidence} loading={<CaseloadWaiting />}>
        {(pack) => (
          <>
            <Files />
            <Paragraph text={pack.paragraph} />
            <Section title={`Figures as of ${pack.asOfWords}: ${pack.coverage}`}>
              <Figures figures={pack.summary} />
            </Section>
            <Section title="Before you use it">
              <ul className={styles.notes}>
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
