import { Page } from "../parts/page.tsx";
import { SharedResults } from "../survey/shared-results.tsx";

/** The surveys whose results were shared with those who were asked. */
export function SharedSurveys() {
  return (
    <Page title="Pulse" intro="A short, confidential survey on how work is. Results are of groups, never of people.">
      <SharedResults page="pulse" />
    </Page>
  );
}
