import type { Actor } from "../../kernel/actor.ts";
import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import type { DeliveryStores, Pause } from "../deliveries/ports.ts";
import type { Identity } from "../roster/model.ts";
import type { Candidate, Install, InstallCounts, InstallState, Settled } from "./model.ts";

/**
 * Why the app wasn't installed, or somebody not found. What to do about it follows from the kind alone; `detail` is the
 * service's status and code, for the log and the ledger.
 * - `again`: the service was busy, or the connection broke; try again, not before `afterSeconds` when it is given.
 * - `unclear`: the service failed in a way that leaves open whether it was done.
 * - `no-consent`, `not-ours`, `blocked`, `no-licence`, `forbidden`: an admin must allow it first.
 * - `not-in-catalogue`, `no-such-account`: the app, or the person's account, isn't there; `not-found`: one of the two.
 * - `no-lookup`: people may not be looked up; `ambiguous`: an e-mail address leads to several accounts or people.
 * - `not-signed-in`, `refused`: the same request will never do.
 */
export type InstallFault =
  | { readonly kind: "again"; readonly afterSeconds: number | null; readonly detail: string }
  | {
      readonly kind:
        | "unclear"
        | "no-consent"
        | "not-ours"
        | "blocked"
        | "no-licence"
        | "forbidden"
        | "not-in-catalogue"
        | "not-found"
        | "no-such-account"
        | "no-lookup"
        | "ambiguous"
        | "not-signed-in"
        | "refused";
      readonly detail: string;
    };

export type InstallResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: InstallFault };

/** Somebody's account in the home tenant. */
export interface Account {
  readonly objectId: string;
  readonly isGuest: boolean;
}

/** Gives people the app, and finds their accounts. Every call is one request, tried once and within a time limit. */
export interface Installer {
  /** Installs the app for an account of the home tenant; "already" when it was there. */
  install(objectId: string): Promise<InstallResult<"installed" | "already">>;
  /** The account whose sign-in name or mail address this is (lower-cased); null when nobody's. */
  find(email: string): Promise<InstallResult<Account | null>>;
  /** The account with this object id; null when there is none. */
  read(objectId: string): Promise<InstallResult<Account | null>>;
}

/** Shares out the moments at which installs may be asked for, over all replicas. */
export interface InstallRate {
  reserve(): Promise<Instant>;
}

/** A try that a worker has in hand. */
export interface ClaimedInstall extends Candidate {
  readonly attempts: number;
  /** What the job of the next try names. */
  readonly turn: number;
}

/** A try that a job is to be made for. */
export interface QueuedInstall {
  readonly person: PersonId;
  readonly turn: number;
}

/** What is decided about somebody: how it ended, or from when on it is tried. */
export type Decision = { readonly person: PersonId } & (Settled | { readonly state: "pending"; readonly dueAt: Instant });

/** The ledger of one network: who has the app, who can't, and who is waiting. Lists leave out those who have left. */
export interface InstallStore {
  /** When installing was started; null when it wasn't. */
  startedAt(): Promise<Instant | null>;
  /** Inside a transaction: starts it, unless it was, and makes others who decide wait. */
  start(at: Instant): Promise<void>;
  /** Inside a transaction: whether it was started; makes others who decide wait. */
  lockStart(): Promise<boolean>;
  /**
   * People about whom something is to be decided: those without a row, and those whose obstacle has gone since.
   * @param isAskedFor true to look again at everybody who doesn't have it, save those for whom it was removed
   */
  undecided(homeTenant: string, isAskedFor: boolean): Promise<Candidate[]>;
  /**
   * Writes what was decided, in a new turn, save where somebody has it meanwhile, is being tried, or had it removed; gives
   * the tries to make jobs for.
   */
  decide(decisions: readonly Decision[], at: Instant): Promise<QueuedInstall[]>;
  /** Takes somebody for a try, which moves their turn on; null when the job's turn is over. As deliveries do. */
  claim(install: QueuedInstall, homeTenant: string, at: Instant): Promise<ClaimedInstall | null>;
  /** Ends a claimed try; false when something else has happened to the person's row meanwhile. */
  settle(install: QueuedInstall, settled: Settled, at: Instant): Promise<boolean>;
  /** Lets a claimed try wait; false as in `settle`. Whoever calls this enqueues the job of its turn. */
  postpone(install: QueuedInstall, until: Instant, reason: string, at: Instant): Promise<boolean>;
  /** Takes up to `limit` tries that were due, and last touched, before `before`: their jobs are lost. */
  takeOverdue(before: Instant, limit: number, at: Instant): Promise<QueuedInstall[]>;
  /** Notes what Teams said of somebody, whatever was known. */
  note(person: PersonId, settled: Settled, at: Instant): Promise<void>;
  /**
   * Brings rows into step with what chats have shown since: who writes has the app; and where a card was refused for want
   * of it, it isn't there any more (`gone` is the reason to give).
   */
  followChats(gone: string, at: Instant): Promise<void>;
  /** Forgets those who have left, save that it was removed for them: they aren't given it anew when they come back. */
  forgetLeavers(): Promise<void>;
  /** One page by name, after a person; `areas` null means all. */
  page(query: InstallsWanted & { readonly limit: number; readonly after: PersonId | null }): Promise<InstallRow[]>;
  counts(areas: readonly string[] | null): Promise<InstallCounts>;
  of(person: PersonId): Promise<Install | null>;
  /** Deletes somebody's row, save that it was removed for them; gives how many rows went. */
  eraseOf(person: PersonId): Promise<number>;
}

export interface InstallsWanted {
  readonly areas: readonly string[] | null;
  readonly state?: InstallState;
}

/** A row as a list shows it. */
export interface InstallRow extends Install {
  readonly name: string;
}

export interface InstallStores extends DeliveryStores {
  readonly installs: InstallStore;
}

export interface InstallDeps {
  readonly store: Store<InstallStores>;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly logger: Logger;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly rate: InstallRate;
  /** True when a link can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
  /** Null where the app can't be installed from here, for want of its id in the catalogue or of Graph. */
  readonly installer: Installer | null;
  /** The tenant in which the bot lives. */
  readonly homeTenant: string;
  /**
   * Ties an account to the person of whichever roster has this e-mail, as at a first contact with the bot.
   * @returns whose account it is now; null when nobody's
   */
  readonly recognise: (account: Identity, email: string) => Promise<Pick<Actor, "network" | "person"> | null>;
}

export type InstallJob = QueuedInstall & { readonly network: NetworkId };
