import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { ShareBar } from "./share-bar.tsx";

export interface DeliveryCounts {
  readonly intended: number;
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

const states = [
  { state: "delivered", words: "delivered", colour: tokens.colorPaletteGreenBackground3 },
  { state: "pending", words: "on their way", colour: tokens.colorNeutralStroke1 },
  { state: "skipped", words: "not sent on purpose", colour: tokens.colorPaletteYellowBackground3 },
  { state: "failed", words: "failed", colour: tokens.colorPaletteRedBackground3 },
] as const;

const useStyles = makeStyles({
  all: { display: "grid", gap: tokens.spacingVerticalXS },
  words: { color: tokens.colorNeutralForeground2 },
});

/** How far the cards have come: a bar, and the same in words below it. */
export function DeliveryBar({ counts }: { readonly counts: DeliveryCounts }) {
  const styles = useStyles();
  const shown = states.filter(({ state }) => counts[state] > 0);
  const words = shown.map((part) => `${counts[part.state]} ${part.words}`).join(", ");
  return (
    <div className={styles.all}>
      <ShareBar of={counts.intended} parts={shown.map(({ state, colour }) => ({ name: state, count: counts[state], colour }))} />
      <Text size={200} className={styles.words}>
        {counts.intended === 0 ? "No cards yet" : `${counts.intended} cards: ${words}`}
      </Text>
    </div>
  );
}
