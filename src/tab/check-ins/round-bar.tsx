import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { z } from "zod";
import type { RoundResource } from "../../features/check-ins/contract.ts";
import { ShareBar } from "../parts/share-bar.tsx";

export type Round = z.infer<typeof RoundResource>;

const useStyles = makeStyles({ bar: { display: "grid", gap: tokens.spacingVerticalXS } });

/** How many teams have answered a round, as a bar and in words. */
export function RoundBar({ teams: { answered, skipped, waiting } }: Pick<Round, "teams">) {
  const styles = useStyles();
  const all = answered + skipped + waiting;
  const words = [`${answered} of ${all} teams have answered`, ...(skipped === 0 ? [] : [`${skipped} skipped it`])].join(", ");
  return (
    <div className={styles.bar}>
      <ShareBar
        of={all}
        parts={[
          { name: "answered", count: answered, colour: tokens.colorCompoundBrandBackground },
          { name: "skipped", count: skipped, colour: tokens.colorNeutralForeground3 },
        ]}
      />
      <Text size={200}>{words}</Text>
    </div>
  );
}
