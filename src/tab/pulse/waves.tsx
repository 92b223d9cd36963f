import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { WavePage, WaveResource } from "../../features/pulse/contract.ts";
import { useList } from "../api/use-list.ts";
import { useSend } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { Confirm } from "../parts/confirm.tsx";
import { day, moment } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { More } from "../parts/more.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { CloseWave } from "./close-wave.tsx";
import { ShareWave } from "../survey/share-wave.tsx";
import { rateInWords, stateWords } from "../survey/words.ts";

const useStyles = makeStyles({
  wave: { display: "grid", gap: tokens.spacingVerticalS },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
});

/** Every survey, the running one on top with how many have answered, and what can be done next. */
export function Waves() {
  const me = useMe();
  const [note, setNote] = useState<string | null>(null);
  const waves = useList("pulse-waves?limit=20", WavePage, { every: 15_000 });
  const open = useSend<WaveResource>(["pulse", "overview", "deliveries"]);
  const runs = me.role === "lead" && me.scope === "network";
  return (
    <Page
      title="Pulse"
      intro="A one-minute, confidential survey on how work is. You see groups of 10 or more, never people."
      actions={
        runs && (
          <Confirm
            trigger={<Button appearance="primary">Open a survey</Button>}
            title="Open a survey now"
            action="Open it"
            onConfirm={async () => {
              await open.mutateAsync({ path: "pulse-waves", body: {}, schema: WaveResource });
              setNote("The survey is open, and its cards are on their way.");
            }}
          >
            <Text>Every manager and team member in the roster gets one card. Nobody, you included, can see who answered or what.</Text>
          </Confirm>
        )
      }
    >
      <div role="status">
        {note !== null && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{note}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <Read of={waves}>
        {(items) => {
          const [latest, ...earlier] = items;
          if (latest === undefined) return <Empty>No survey has been opened yet. The first one opens by a lead’s hand.</Empty>;
          return (
            <>
              <Latest wave={latest} runs={runs} onDone={setNote} />
              {earlier.length > 0 && (
                <Section title="Earlier surveys">
                  <DataTable
                    caption="Earlier surveys"
                    rows={earlier}
                    keyOf={({ id }) => id}
                    columns={[
                      { title: "Opened", cell: ({ id, openedAt }) => <PageLink to={`pulse/${id}`}>{day(openedAt)}</PageLink>, width: 14 },
                      { title: "State", cell: ({ state }) => stateWords[state], width: 10 },
                      { title: "Shared", cell: ({ sharedAt }) => (sharedAt === null ? "Not yet" : day(sharedAt)), width: 14 },
                      { title: "Answered", cell: ({ responseRate }) => rateInWords(responseRate), width: 18 },
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

interface LatestProps {
  readonly wave: WaveResource;
  readonly runs: boolean;
  readonly onDone: (note: string) => void;
}

function Latest({ wave, runs, onDone }: LatestProps) {
  const styles = useStyles();
  const { id, state, openedAt, closesAt, sharedAt, responseRate, groups } = wave;
  const isClosed = state === "closed" || state === "lost";
  return (
    <Section title={isClosed ? `The latest: opened ${day(openedAt)}` : "Running now"}>
      <div className={styles.wave}>
        <Text weight="semibold">{rateInWords(responseRate)}.</Text>
        {!isClosed && <Text>Open until {moment(closesAt)}. Only this rounded share is known before it closes.</Text>}
        <DeliveryBar counts={wave.deliveries} />
        <Text size={200}>Counts are rounded to 5. Groups: {groups.length === 0 ? "none" : groups.map(({ name }) => name).join(", ")}.</Text>
        {isClosed && <PageLink to={`pulse/${id}`}>{sharedAt === null ? "Look at the results, then share them" : "Look at the results"}</PageLink>}
        {runs && (
          <div className={styles.actions}>
            {!isClosed && <CloseWave wave={wave} onDone={onDone} />}
            {isClosed && sharedAt === null && <ShareWave wave={id} onDone={onDone} />}
          </div>
        )}
      </div>
    </Section>
  );
}
