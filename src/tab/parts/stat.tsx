import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 13rem), 1fr))",
    gap: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXXL}`,
    margin: 0,
  },
  // The names of a row share their height, so that its figures stand on one line.
  stat: {
    display: "grid",
    gridTemplateRows: "subgrid",
    gridRow: "span 2",
    breakInside: "avoid",
    paddingBottom: tokens.spacingVerticalM,
  },
  name: { alignSelf: "end" },
  about: { margin: 0, display: "grid", alignContent: "start", gap: tokens.spacingVerticalXXS },
  value: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
  },
  words: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
  },
  unknown: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightHero700,
    color: tokens.colorNeutralForeground2,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export interface StatProps {
  readonly name: string;
  /** The figure with its unit; null where it isn't known. */
  readonly value: string | null;
  /** What stands in place of a figure that isn't known: "not known" when left out. */
  readonly missing?: string;
  /** True where the value is words rather than a number: it stands smaller. */
  readonly isWords?: boolean;
  /** What the figure rests on. */
  readonly children?: ReactNode;
}

/** Figures with their names, side by side as far as there is room. */
export function Stats({ children }: { readonly children: ReactNode }) {
  return <dl className={useStyles().list}>{children}</dl>;
}

/** One figure: what it is, how much, and what it rests on. */
export function Stat({ name, value, missing = "Not known", isWords = false, children }: StatProps) {
  const styles = useStyles();
  return (
    <div className={styles.stat}>
      <dt className={styles.name}>
        <Text>{name}</Text>
      </dt>
      <dd className={styles.about}>
        <span className={value === null ? styles.unknown : isWords ? styles.words : styles.value}>{value ?? missing}</span>
        {children !== undefined && (
          <Text size={200} className={styles.quiet}>
            {children}
          </Text>
        )}
      </dd>
    </div>
  );
}
