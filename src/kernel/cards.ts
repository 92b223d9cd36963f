import type { TabLink } from "./tab-link.ts";

/** An Adaptive Card as JSON, ready to be sent. */
export interface Card {
  readonly type: "AdaptiveCard";
  readonly [property: string]: unknown;
}

/** Fills in the templates of `adaptive-cards/` by name ("check-in"). Throws a Fault "card-template" for a template that is missing. */
export interface CardTemplates {
  render(template: string, data: object): Card;
  /** Where the cards' buttons into the tab lead; left out where there is none. */
  readonly tabLink?: TabLink;
}
