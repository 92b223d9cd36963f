import { makeStyles, tokens } from "@fluentui/react-components";
import { PulseResults } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { LatestSurvey } from "./latest-survey.tsx";
import { SurveyWaiting } from "./waiting.tsx";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: "none" },
});

/** The surveys whose results are open to the viewer: the latest score at once, the earlier ones as links. */
export function SharedResults({ page }: { readonly page: string }) {
  const styles = useStyles();
  const results = useRead("pulse-results", PulseResults);
  return (
    <Read of={results} loading={<SurveyWaiting />}>
      {({ items: [latest, ...earlier] }) =>
        latest === undefined ? (
          <Section title="How work is">
            <Empty>No survey’s results have been shared yet. They appear here once a lead shares them.</Empty>
          </Section>
        ) : (
          <>
            <LatestSurvey id={latest.id} openedOn={latest.openedOn} to={`${page}/${latest.id}`} />
            {earlier.length > 0 && (
              <Section title="Earlier surveys">
                <ul className={styles.list}>
                  {earlier.map(({ id, openedOn, closedOn }) => (
                    <li key={id}>
                      <PageLink to={`${page}/${id}`}>
                        {day(openedOn)} to {day(closedOn)}
                      </PageLink>
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </>
        )
      }
    </Read>
  );
}
