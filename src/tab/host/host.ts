/** The looks that Teams has. */
export const themes = ["light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

/** A tab of a channel or chat that somebody is adding, or is changing. */
export interface TabSetUp {
  /** The page that it opens so far; null for a new tab. */
  opensSoFar(): Promise<string | null>;
  /** Lets somebody save the tab: it opens this page, and is named after its title. Takes the place of an earlier choice. */
  choose(page: string, title: string): void;
}

/** What the tab needs of the program that shows it: Teams, or a browser in local mode. */
export interface Host {
  readonly kind: "teams" | "local";
  /** The look that it has now. */
  readonly theme: Theme;
  /** The page that a link asked for, without a slash in front, such as "check-ins/team/…"; null for none. */
  readonly page: string | null;
  /** The page that this tab of a channel or chat was set up to open with; null where nobody has chosen one. */
  readonly opensWith: string | null;
  /** Set while a tab is being set up: then there is a page to be chosen, and none to be shown. */
  readonly setUp: TabSetUp | null;
  /** Calls back each time that the look changes. */
  onTheme(listener: (theme: Theme) => void): void;
  /** A token for the API. Throws a SignInFault when there is none to be had. */
  token(): Promise<string>;
  /** Opens a link beside the tab, such as a Teams chat. */
  open(url: string): void;
  /** Offers a link to a page of the tab for sharing; null where the host has no such thing. */
  readonly share: ((page: string, label: string) => void) | null;
  /** Says that the first page is drawn. */
  ready(): void;
}

/** Why nobody is signed in, as one sentence that says what to do. */
export class SignInFault extends Error {
  override readonly name = "SignInFault";
}
