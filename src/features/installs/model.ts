import type { PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { patientSeconds } from "../deliveries/model.ts";
import type { ChatState } from "../roster/model.ts";
import type { InstallFault } from "./ports.ts";
import type { InstallState, Obstacle } from "./words.ts";

export { type InstallState, installStates, type Obstacle, obstacles } from "./words.ts";

/** How the app came, or didn't come, to one person. */
export interface Install {
  readonly person: PersonId;
  readonly state: InstallState;
  /** Set for "cannot" only. */
  readonly obstacle: Obstacle | null;
  /** In plain words: why it failed, or what it waits for; null for the rest. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly updatedAt: Instant;
}

/** Always: intended = installed + failed + cannot + pending. */
export interface InstallCounts {
  readonly intended: number;
  readonly installed: number;
  readonly failed: number;
  readonly cannot: number;
  readonly pending: number;
}

/** What is known of somebody who may be given the app. */
export interface Candidate {
  readonly person: PersonId;
  readonly name: string;
  /** Lower-cased. */
  readonly email: string;
  /** The roster's hint that they work in another tenant. */
  readonly external: boolean;
  readonly stopped: boolean;
  /** The object id of their account in the home tenant; null until it is known. */
  readonly account: string | null;
  /** True for somebody of whom an account in another tenant is known. */
  readonly isElsewhere: boolean;
  /** Their chat with the bot; null while there has been none. */
  readonly chat: ChatState | null;
}

/** How a try, or thinking about one, ended. */
export type Settled =
  | { readonly state: "installed" }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "cannot"; readonly obstacle: Obstacle };

export const installed: Settled = { state: "installed" };
export const failed = (reason: string): Settled => ({ state: "failed", reason });
export const cannot = (obstacle: Obstacle): Settled => ({ state: "cannot", obstacle });

/** What is already known about giving somebody the app; null when Microsoft must be asked. */
export function foregone({ stopped, account, isElsewhere, chat }: Candidate): Settled | null {
  if (chat === "open") return installed;
  // Installing would bring a welcome, and whoever said stop wants no messages at all.
  if (stopped) return cannot("stopped");
  return account === null && isElsewhere ? cannot("other-organisation") : null;
}

/** Nobody of the home tenant has a person's e-mail. */
export function notFound({ external }: Pick<Candidate, "external">): Settled {
  return cannot(external ? "other-organisation" : "no-account");
}

/**
 * Why somebody doesn't have the app, or what it waits for, as a sentence to show; null for who has it.
 * @param canMail whether links can be mailed to people whom Teams can't reach
 */
export function reasonOf({ obstacle, reason }: Pick<Install, "obstacle" | "reason">, canMail: boolean): string | null {
  if (obstacle === null) return reason;
  const links = canMail ? " Cards reach them by links in e-mails." : " Cards can't reach them: no mailbox is set to send links.";
  switch (obstacle) {
    case "guest":
      return `Is a guest in your organisation, and Teams gives guests no apps of their own.${links}`;
    case "other-organisation":
      return `Belongs to another organisation.${links}`;
    case "no-account":
      return "Nobody in your organisation has this e-mail address. Correct it in the roster, then install again.";
    case "removed":
      return "The app was taken out of Teams for them, so it isn't put back. They can add it again in Teams.";
    case "stopped":
      return "Has said stop, so the app isn't brought to them. It follows when they say start.";
  }
}

/** How often installing is tried before it is given up; as often as a card. */
export const maxAttempts = 5;

/** What follows from a fault: another try after some seconds, or the end. */
export type Consequence =
  | { readonly kind: "retry"; readonly afterSeconds: number; readonly reason: string }
  | { readonly kind: "settled"; readonly settled: Settled };

/**
 * Decides what to do about a fault.
 * @param attempts how often it has been tried, this time included
 * @param random a number from 0 to 1, so that waiting replicas don't come back together
 */
export function consequenceOf(fault: InstallFault, attempts: number, random: number, name: string): Consequence {
  if (fault.kind !== "again") return { kind: "settled", settled: failed(failureInWords(fault, name)) };
  if (attempts >= maxAttempts) {
    const reason = `Microsoft was busy or out of reach each of the ${attempts} times we tried. Install again later.`;
    return { kind: "settled", settled: failed(reason) };
  }
  // A moment later than asked: the service counts from its own clock.
  const afterSeconds = fault.afterSeconds === null ? patientSeconds(attempts, random) : fault.afterSeconds + random;
  return { kind: "retry", afterSeconds, reason: `Microsoft was busy; trying again (${attempts} of ${maxAttempts}).` };
}

function failureInWords({ kind, detail }: Exclude<InstallFault, { kind: "again" }>, name: string): string {
  switch (kind) {
    case "unclear":
      return "Microsoft didn't say whether it was installed. Install again to find out.";
    case "no-consent":
      return "Steady isn't allowed to install apps: an admin of your organisation must consent to TeamsAppInstallation.ReadWriteSelfForUser.All.";
    case "not-ours":
      return "The app in your organisation's catalogue belongs to another application: upload the package that was made for this one.";
    case "blocked":
      return `Teams blocks the app for ${name}: an admin must allow it in an app permission policy of the Teams admin centre.`;
    case "no-licence":
      return `${name} has no licence for Teams: an admin must assign one.`;
    case "forbidden":
      return `Teams doesn't allow it (${detail}). Check the application's consent, and the app policies and Teams licence of ${name}.`;
    case "not-in-catalogue":
      return "Your organisation's catalogue doesn't have the app, or TEAMS_APP_ID isn't its id there: upload the app, then set the id.";
    case "not-found":
      return `Microsoft knows either the app or the account of ${name} not: check TEAMS_APP_ID, and their object id in the roster.`;
    case "no-such-account":
      return `Microsoft doesn't know the account that the roster has for ${name}: correct their object id.`;
    case "no-lookup":
      return `Steady isn't allowed to look ${name} up by e-mail: an admin must consent to User.Read.All, or the roster must have their object id.`;
    case "ambiguous":
      return `More than one account, or more than one roster, has the e-mail address of ${name}: put their object id into the roster.`;
    case "not-signed-in":
      return `Microsoft refuses Steady's own sign-in (${detail}): check the application's secret or managed identity.`;
    case "refused":
      return `Microsoft refuses it (${detail}). Check TEAMS_APP_ID, and that ${name} can use Teams.`;
  }
}

/** Of somebody whose chat turned out to be without the app, though nobody said that it was removed. */
export const gone = "Teams says that the app isn't there any more. Install again to put it back.";

/** Of a try that failed for reasons of our own. */
export const ourFault = "Something went wrong on our side; the log says what. Install again later.";
