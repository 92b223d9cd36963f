import { makeStyles, tokens } from "@fluentui/react-components";

/** Dates below each other, each with its words on the left and what can be done on the right. */
export const useSlotStyles = makeStyles({
  list: { display: "grid", margin: 0, padding: 0, listStyleType: "none", gridTemplateColumns: "minmax(0, 1fr)" },
  slot: {
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    alignItems: "center",
    justifyContent: "space-between",
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { display: "grid", gap: tokens.spacingVerticalXXS, flex: "1 1 16rem", minWidth: 0, justifyItems: "start" },
  date: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  quiet: { color: tokens.colorNeutralForeground2 },
});
