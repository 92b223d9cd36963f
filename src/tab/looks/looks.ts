import { type Theme as Colours, teamsLightTheme } from "@fluentui/react-components";
import type { Theme } from "../host/host.ts";

export interface Look {
  readonly theme: Theme;
  readonly colours: Colours;
}

/** The look of a theme. Only light, which most people have, comes with the tab's first files. Throws when it can't be loaded. */
export async function lookOf(theme: Theme): Promise<Look> {
  switch (theme) {
    case "light":
      return { theme, colours: teamsLightTheme };
    case "dark":
      return { theme, colours: (await import("./dark.ts")).colours };
    case "contrast":
      return { theme, colours: (await import("./contrast.ts")).colours };
  }
}
