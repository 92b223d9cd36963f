import { useState } from "react";
import { WavePage, type WaveResource } from "../../features/pulse/contract.ts";
import { useList } from "../api/use-list.ts";
import { useMe } from "../me.ts";
import { day } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Note } from "../parts/note.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { LatestSurvey } from "../survey/latest-survey.tsx";
import { SurveyWaiting } from "../survey/waiting.tsx";
import { stateWords } from "../survey/words.ts";
import { LatestWave } from "./latest-wave.tsx";
import { OpenWave } from "./open-wave.tsx";

const isOver = ({ state }: WaveResource) => state === "closed" || state === "lost";

/** Every survey: the latest with what can be done next, the score so far, and those before. */
export function Waves() {
  const me = useMe();
  const [note, setNote] = useState<string | null>(null);
  const focus = useKeptFocus();
  const done = (said: string) => {
    focus.expect();
    setNote(said);
  };
  const waves = useList("pulse-waves?limit=20", WavePage, { every: 15_000 });
  const runs = me.role === "lead" && me.scope === "network";
  // An admin sees how surveys run; results are the leads' until they are shared.
  const reads = me.role === "lead";
  const [latest] = waves.data ?? [];
  const canOpen = runs && waves.isSuccess && (latest === undefined || (isOver(latest) && latest.sharedAt !== null));
  return (
    <Page
      title="Pulse"
      intro={`A one-minute, confidential survey on how work is. You see groups${latest === undefined ? "" : ` of ${latest.threshold} or more`}, never people.`}
      actions={canOpen ? <OpenWave onDone={done} /> : undefined}
    >
      <Note text={note} />
      <Read of={waves} loading={<SurveyWaiting />}>
        {(items) => {
          const scored = items.find(({ state }) => state === "closed");
          if (latest === undefined) return <Empty>No survey has been opened yet. A lead of the network opens the first one here.</Empty>;
          return (
            <>
              <LatestWave wave={latest} runs={runs} reads={reads} headingRef={focus.heading} onDone={done} />
              {reads && scored !== undefined && <LatestSurvey id={scored.id} openedOn={scored.openedAt} to={`pulse/${scored.id}`} />}
              {items.length > 1 && (
                <Section title="Earlier surveys">
                  <DataTable
                    caption="Earlier surveys"
                    rows={items.slice(1)}
                    keyOf={({ id }) => id}
                    columns={[
                      { title: "Opened", cell: ({ id, openedAt }) => (reads ? <PageLink to={`pulse/${id}`}>{day(openedAt)}</PageLink> : day(openedAt)), width: 15 },
                      { title: "State", cell: ({ state }) => stateWords[state], width: 11 },
                      { title: "Shared", cell: ({ sharedAt }) => (sharedAt === null ? "Not yet" : day(sharedAt)), width: 15 },
                      { title: "Answered", cell: ({ responseRate }) => (responseRate === null ? "" : `about ${responseRate}%`), isNumber: true, width: 7 },
                    ]}
                  />
                  <More list={waves} />
                </Section>
              )}
            </>
          );
        }}
      </Read>
    </Page>
  );
}
