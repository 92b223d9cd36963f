import { Text } from "@fluentui/react-components";
import { useState } from "react";
import type { ResultSummary } from "../../features/pulse/contract.ts";
import { Note } from "../parts/note.tsx";
import { Section } from "../parts/page.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { Changes } from "./changes.tsx";
import { Distribution } from "./distribution.tsx";
import { Groups } from "./groups.tsx";
import { Questions } from "./questions.tsx";
import { Score } from "./score.tsx";
import { ShareWave } from "./share-wave.tsx";
import { Trend } from "./trend.tsx";
import { rateInWords } from "./words.ts";

export interface ClosedResultsProps {
  readonly result: ResultSummary;
  /** True for those who may share the results and say what changed. */
  readonly runs: boolean;
}

/** All that was published of a closed survey. */
export function ClosedResults({ result, runs }: ClosedResultsProps) {
  const [note, setNote] = useState<string | null>(null);
  const focus = useKeptFocus();
  const { id, state, sharedAt, responseRate, instrument } = result;
  const share = (
    <ShareWave
      wave={id}
      onDone={(said) => {
        focus.expect();
        setNote(said);
      }}
    />
  );
  const isShared = sharedAt !== null;
  return (
    <>
      <Note text={note} />
      <Section title="Score" headingRef={focus.heading} actions={runs && !isShared ? share : undefined}>
        <Score score={result.score} />
        <Text>
          {rateInWords(responseRate)}.{isShared ? "" : " The results aren’t shared yet: only leads see them."}
        </Text>
        {state === "closed" && <Trend trend={result.trend} groups={result.groups} />}
      </Section>
      {isShared && <Changes wave={id} changes={result.changes} canWrite={runs} />}
      {state === "closed" && (
        <>
          <Groups groups={result.groups} everybody={result.score} />
          <Section title="How many are in each band">
            <Distribution distribution={result.bands} name="Scores by band" summary={instrument.bandsNote} />
          </Section>
          <Questions items={result.items} />
        </>
      )}
      <Section title="What this rests on">
        <Text>
          {instrument.title}. Scores run from 0 to 100; higher is more burnt out. {result.note}
        </Text>
        <Text size={200}>{instrument.citation}</Text>
      </Section>
    </>
  );
}
