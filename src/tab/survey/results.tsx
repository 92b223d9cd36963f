import { MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { useState } from "react";
import { PulseSummary, type ResultSummary } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Read, Withheld } from "../parts/states.tsx";
import { Changes } from "./changes.tsx";
import { Distribution } from "./distribution.tsx";
import { Groups } from "./groups.tsx";
import { Score } from "./score.tsx";
import { ShareWave } from "./share-wave.tsx";
import { Trend } from "./trend.tsx";
import { rateInWords } from "./words.ts";

/** The results of a survey, or how many have answered while it is open. */
export function Results({ id }: { readonly id: string }) {
  const summary = useRead(`pulse-waves/${id}/summary`, PulseSummary);
  return (
    <Read of={summary}>
      {(result) =>
        "score" in result ? (
          <Closed result={result} />
        ) : (
          <Page title="This survey is still open" intro={`${rateInWords(result.responseRate)}. More is known once it is closed.`} />
        )
      }
    </Read>
  );
}

function Closed({ result }: { readonly result: ResultSummary }) {
  const me = useMe();
  const [note, setNote] = useState<string | null>(null);
  const { id, openedOn, closedOn, sharedAt, responseRate, covers, instrument } = result;
  const runs = me.role === "lead" && me.scope === "network";
  return (
    <Page
      title="How is work for you?"
      intro={
        <>
          {day(openedOn)} to {day(closedOn)}. {covers} <PageLink to="pulse">All surveys</PageLink>
        </>
      }
      actions={runs && sharedAt === null && <ShareWave wave={id} onDone={setNote} />}
    >
      <div role="status">
        {note !== null && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{note}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <Section title="Score">
        <Score score={result.score} />
        <Text>{rateInWords(responseRate)}.</Text>
        <Trend points={result.trend} />
      </Section>
      <Section title="How many are in each band">
        <Distribution distribution={result.bands} name="Bands" />
        <Text size={200}>{instrument.bandsNote}</Text>
      </Section>
      <Groups groups={result.groups} />
      <Section title="Question by question">
        {result.items.map(({ id: item, text, distribution }) => (
          <div key={item}>
            <Text weight="semibold">{text}</Text>
            <Distribution distribution={distribution} name={text} />
          </div>
        ))}
        {result.items.length === 0 && <Withheld words="Too few answered for the single questions to be shown." />}
      </Section>
      <Changes wave={id} changes={result.changes} canWrite={runs && sharedAt !== null} />
      <Section title="What this rests on">
        <Text>{result.note}</Text>
        <Text size={200}>{instrument.citation}</Text>
      </Section>
    </Page>
  );
}
