import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { DistributionResource } from "../../features/pulse/contract.ts";
import { Withheld } from "../parts/states.tsx";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalXS, margin: 0, padding: 0, listStyleType: "none" },
  part: { display: "grid", gridTemplateColumns: "minmax(8rem, 14rem) minmax(0, 1fr) 3.5rem", gap: tokens.spacingHorizontalM, alignItems: "center" },
  track: { height: "12px", backgroundColor: tokens.colorNeutralBackground4, borderRadius: tokens.borderRadiusMedium, overflow: "hidden", forcedColorAdjust: "none" },
  bar: { height: "100%", backgroundColor: tokens.colorBrandBackground },
  number: { textAlign: "right" },
});

/** How answers spread, a bar for each; neighbours that few chose stand together. */
export function Distribution({ distribution, name }: { readonly distribution: DistributionResource; readonly name: string }) {
  const styles = useStyles();
  if (distribution.kind === "suppressed") return <Withheld words={distribution.words} />;
  return (
    <ul className={styles.list} aria-label={name}>
      {distribution.parts.map(({ labels, percent }) => (
        <li key={labels.join()} className={styles.part}>
          <Text>{labels.join(" or ")}</Text>
          <div className={styles.track} aria-hidden="true">
            <div className={styles.bar} style={{ width: `${percent}%` }} />
          </div>
          <Text className={styles.number}>{percent} %</Text>
        </li>
      ))}
    </ul>
  );
}
