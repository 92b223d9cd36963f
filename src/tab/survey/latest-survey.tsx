import { Text } from "@fluentui/react-components";
import { PulseSummary } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { ChangeList } from "./change-list.tsx";
import { Score } from "./score.tsx";
import { Trend } from "./trend.tsx";
import { SurveyWaiting } from "./waiting.tsx";
import { rateInWords } from "./words.ts";

export interface LatestSurveyProps {
  /** A closed survey whose results the viewer may see. */
  readonly id: string;
  readonly openedOn: string;
  /** The page of its results: "pulse/…". */
  readonly to: string;
}

/** A survey's score with its trend, and what changed since; the rest stands on a page of its own. */
export function LatestSurvey({ id, openedOn, to }: LatestSurveyProps) {
  const summary = useRead(`pulse-waves/${id}/summary`, PulseSummary);
  return (
    <Section title={`How work is: the survey of ${day(openedOn)}`} actions={<PageLink to={to}>All of its results</PageLink>}>
      <Read of={summary} loading={<SurveyWaiting />}>
        {(result) =>
          "score" in result && (
            <>
              <Score score={result.score} />
              <Text>
                {result.covers} {rateInWords(result.responseRate)}.
              </Text>
              {result.state === "closed" && <Trend trend={result.trend} />}
              {result.changes.length > 0 && (
                <>
                  <Text as="h3" weight="semibold" style={{ margin: 0 }}>
                    You said, we did
                  </Text>
                  <ChangeList changes={result.changes} />
                </>
              )}
            </>
          )
        }
      </Read>
    </Section>
  );
}
