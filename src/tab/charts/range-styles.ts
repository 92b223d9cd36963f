import { makeStyles, tokens } from "@fluentui/react-components";

const edge = `1px solid ${tokens.colorNeutralStrokeAccessible}`;

/** How bars and bands look, in the rows and in the key to them. */
export const useRangeStyles = makeStyles({
  drawing: { position: "relative", forcedColorAdjust: "none", printColorAdjust: "exact" },
  band: {
    position: "absolute",
    top: 0,
    bottom: 0,
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground5,
    borderLeft: edge,
    borderRight: edge,
    "@media (forced-colors: active)": {
      backgroundColor: "Canvas",
      borderLeft: "2px dashed CanvasText",
      borderRight: "2px dashed CanvasText",
    },
  },
  bar: {
    position: "absolute",
    top: "calc(50% - 6px)",
    left: 0,
    height: "12px",
    borderTopRightRadius: tokens.borderRadiusMedium,
    borderBottomRightRadius: tokens.borderRadiusMedium,
  },
  main: {
    backgroundColor: tokens.colorCompoundBrandBackground,
    "@media (forced-colors: active)": { backgroundColor: "Highlight" },
  },
  beside: {
    backgroundColor: tokens.colorNeutralForeground3,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
  attention: {
    backgroundColor: tokens.colorPaletteDarkOrangeForeground1,
    "@media (forced-colors: active)": { backgroundColor: "CanvasText" },
  },
});
