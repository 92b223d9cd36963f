import { HostConfig } from "adaptivecards";

const colour = (name: string) => ({
  default: `var(--card-${name})`,
  subtle: name === "text" ? "var(--card-subtle)" : `var(--card-${name})`,
});

const foregroundColors = {
  default: colour("text"),
  dark: colour("text"),
  light: colour("subtle"),
  accent: colour("accent"),
  good: colour("good"),
  warning: colour("warning"),
  attention: colour("attention"),
};

const container = (background: string) => ({
  backgroundColor: `var(--card-${background})`,
  borderColor: "var(--card-line)",
  foregroundColors,
});

/**
 * How cards look: Teams' sizes and spacing, and colours that are CSS variables (cards.css), so that one configuration
 * serves light, dark and forced colours and a change of theme redraws nothing. `headingLevel` is that of a card's
 * headings among those of the page.
 */
export function createHostConfig(headingLevel: number): HostConfig {
  return new HostConfig({
    supportsInteractivity: true,
    fontFamily: "var(--font)",
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 400, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: "var(--card-line)" },
    imageSizes: { small: 32, medium: 52, large: 100 },
    imageSet: { imageSize: "medium", maxImageHeight: 100 },
    adaptiveCard: { allowCustomStyle: false },
    containerStyles: {
      default: container("surface"),
      emphasis: container("emphasis-soft"),
      accent: container("accent-soft"),
      good: container("good-soft"),
      warning: container("warning-soft"),
      attention: container("attention-soft"),
    },
    textBlock: { headingLevel },
    textStyles: {
      heading: { size: "large", weight: "bolder" },
      columnHeader: { weight: "bolder" },
    },
    inputs: {
      label: {
        inputSpacing: "small",
        requiredInputs: { weight: "bolder", suffix: " *", suffixColor: "attention" },
        optionalInputs: { weight: "bolder" },
      },
      errorMessage: { color: "attention", size: "small" },
    },
    factSet: {
      title: { weight: "bolder", maxWidth: 240, wrap: true },
      value: { wrap: true },
      spacing: 8,
    },
    actions: {
      // Teams shows six actions and puts the rest behind "...".
      maxActions: 6,
      spacing: "default",
      // The stylesheet's gap keeps buttons apart, because the library's own spacers don't wrap.
      buttonSpacing: 0,
      showCard: { actionMode: "inline", inlineTopMargin: 16, style: "emphasis" },
      preExpandSingleShowCardAction: false,
      actionsOrientation: "horizontal",
      actionAlignment: "left",
      allowTitleToWrap: true,
    },
  });
}
