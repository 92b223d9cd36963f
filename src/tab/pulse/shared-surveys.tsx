import { PulseResults } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";

/** The surveys whose results were shared with the viewer. */
export function SharedSurveys() {
  const results = useRead("pulse-results", PulseResults);
  return (
    <Page title="Pulse" intro="A short, confidential survey on how work is. Results are of groups, never of people.">
      <Section title="Results that were shared">
        <Read of={results}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>No results have been shared yet. They appear here once a lead shares them.</Empty>
            ) : (
              <ul>
                {items.map(({ id, openedOn, closedOn }) => (
                  <li key={id}>
                    <PageLink to={`pulse/${id}`}>
                      {day(openedOn)} to {day(closedOn)}
                    </PageLink>
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
      </Section>
    </Page>
  );
}
