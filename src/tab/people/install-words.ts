import type { InstallCounts, InstallResource, InstallsStarted } from "../../features/installs/contract.ts";
import { counted, number } from "../parts/words.ts";

type State = InstallResource["state"];

/** The states in the order in which they are offered, what needs somebody first, as a filter and a bar name them. */
export const installWords: Readonly<Record<State, string>> = {
  failed: "Failed",
  pending: "Being installed",
  cannot: "Left out",
  installed: "Has the app",
};
export const isInstallState = (value: string): value is State => value in installWords;

/** What a row says of somebody: their state, or why they are left out in a word or two. */
export function installedInWords({ state, obstacle }: Pick<InstallResource, "state" | "obstacle">): string {
  switch (obstacle) {
    case null:
      return installWords[state];
    case "guest":
      return "Guest";
    case "other-organisation":
      return "Other organisation";
    case "no-account":
      return "No account found";
    case "removed":
      return "Removed";
    case "stopped":
      return "Said stop";
  }
}

/** "74 people: 60 have the app, 8 are left out, 6 failed". */
export function progressInWords({ intended, installed, pending, cannot, failed }: InstallCounts): string {
  if (intended === 0) return "Nobody has been given the app from here yet.";
  const parts = [
    ...(installed > 0 ? [counted(installed, "has the app", "have the app")] : []),
    ...(pending > 0 ? [`${number(pending)} being installed`] : []),
    ...(cannot > 0 ? [`${number(cannot)} left out`] : []),
    ...(failed > 0 ? [`${number(failed)} failed`] : []),
  ];
  return `${counted(intended, "person", "people")}: ${parts.join(", ")}`;
}

/**
 * What was begun and how far it is, said to the one who pressed.
 * @param counts as they are now
 */
export function begunInWords({ tries }: Pick<InstallsStarted, "tries">, { intended, installed, pending, failed }: InstallCounts): string {
  if (tries === 0) {
    return installed === intended ? "Everybody has the app already." : "There is nobody whom it could be brought to now. The list says why.";
  }
  if (pending > 0) return `The app is on its way to ${counted(tries, "person", "people")}. They have nothing to do.`;
  return failed > 0 ? "That is done, save for those for whom it failed." : "That is done.";
}
