import { PulseSummary } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { ClosedResults } from "./closed-results.tsx";
import { rateInWords } from "./words.ts";
import { SurveyWaiting } from "./waiting.tsx";

export interface ResultsProps {
  readonly id: string;
  /** The page that lists the surveys: "pulse". */
  readonly back: string;
}

/** The results of a survey, or how many have answered while it is open. */
export function Results({ id, back }: ResultsProps) {
  const me = useMe();
  const summary = useRead(`pulse-waves/${id}/summary`, PulseSummary);
  return (
    <Page
      title="How is work for you?"
      intro={
        <>
          {introOf(summary.data)} <PageLink to={back}>All surveys</PageLink>
        </>
      }
    >
      <Read of={summary} loading={<SurveyWaiting />}>
        {(result) => "score" in result && <ClosedResults result={result} runs={me.role === "lead" && me.scope === "network"} />}
      </Read>
    </Page>
  );
}

function introOf(summary: PulseSummary | undefined): string {
  if (summary === undefined) return "The results of a survey.";
  if ("score" in summary) return `${day(summary.openedOn)} to ${day(summary.closedOn)}. ${summary.covers}`;
  const more = summary.state === "open" ? "More is known once it is closed." : "It is closed, and its answers are being counted.";
  return `${rateInWords(summary.responseRate)}. ${more}`;
}
