/** The looks that Teams has. */
export const themes = ["light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];

/** What the tab needs of the program that shows it: Teams, or a browser in local mode. */
export interface Host {
  readonly kind: "teams" | "local";
  /** The look that it has now. */
  readonly theme: Theme;
  /** The page that a link asked for, without a slash in front, such as "check-ins/team/…"; null for none. */
  readonly page: string | null;
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
