import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { Ref } from "react";
import type { WaveResource } from "../../features/pulse/contract.ts";
import { day, moment } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { PageLink, Section } from "../parts/page.tsx";
import { ShareWave } from "../survey/share-wave.tsx";
import { rateInWords } from "../survey/words.ts";
import { CloseWave } from "./close-wave.tsx";

const useStyles = makeStyles({
  wave: { display: "grid", gap: tokens.spacingVerticalS },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}` },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface LatestWaveProps {
  readonly wave: WaveResource;
  /** True for those who may open, close and share surveys. */
  readonly runs: boolean;
  /** True for those who may see results before they are shared. */
  readonly reads: boolean;
  readonly headingRef: Ref<HTMLHeadingElement>;
  readonly onDone: (note: string) => void;
}

/** How the latest survey stands, and what comes next. */
export function LatestWave({ wave, runs, reads, headingRef, onDone }: LatestWaveProps) {
  const styles = useStyles();
  const { id, state, sharedAt, responseRate, groups } = wave;
  const isClosed = state === "closed" || state === "lost";
  return (
    <Section title={titleOf(wave)} headingRef={headingRef}>
      <div className={styles.wave}>
        <Text weight="semibold">{rateInWords(responseRate)}.</Text>
        <Text>{nextOf(wave)}</Text>
        <DeliveryBar counts={wave.deliveries} />
        <Text size={200} className={styles.quiet}>
          Counts are rounded to 5. {groups.length === 0 ? "There are no reporting groups." : `Reporting groups: ${groups.map(({ name }) => name).join(", ")}.`}
        </Text>
      </div>
      {reads && (!isClosed || sharedAt === null) && (
        <div className={styles.actions}>
          {runs && !isClosed && <CloseWave wave={wave} onDone={onDone} />}
          {isClosed && <PageLink to={`pulse/${id}`}>Look at the results</PageLink>}
          {runs && isClosed && <ShareWave wave={id} onDone={onDone} />}
        </div>
      )}
    </Section>
  );
}

function titleOf({ state, openedAt }: WaveResource): string {
  if (state === "open") return "A survey is open";
  return state === "closing" ? "A survey is being counted" : `The latest survey: opened ${day(openedAt)}`;
}

/** What is going on with a survey, and what happens next. */
function nextOf({ state, closesAt, closedAt, sharedAt }: WaveResource): string {
  if (state === "open") return `Open until ${moment(closesAt)}. Only this rounded share is known before it closes.`;
  if (state === "closing") return `Nobody can answer it any more since ${moment(closesAt)}. If this stays, the key to its answers may be missing: close it here to see.`;
  const closed = `Closed on ${day(closedAt ?? closesAt)}${state === "lost" ? " without results, because the key to its answers was lost" : ""}`;
  return sharedAt === null ? `${closed}. The results aren’t shared yet: the next survey can be opened once they are.` : `${closed}, shared on ${day(sharedAt)}.`;
}
