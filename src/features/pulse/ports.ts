import type { CardTemplates } from "../../kernel/cards.ts";
import type { NetworkId, PersonId, WaveId } from "../../kernel/ids.ts";
import type { Logger } from "../../kernel/logger.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import type { DeliveryStores } from "../deliveries/ports.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { Asked, Change, Groups, Participation, Response, Wave, WaveResults } from "./model.ts";

/**
 * Waves, and two ledgers that share no key, order or time: who took part, and what was said. While a wave is open the
 * second one is sealed; the key to it is nowhere in the store.
 */
export interface PulseStore {
  /** Adds a wave with those who are asked; false when the network has one that isn't closed. */
  add(wave: Wave, asked: readonly Asked[]): Promise<boolean>;
  /** Writes a wave as it is given. */
  save(wave: Wave): Promise<void>;
  byId(id: WaveId): Promise<Wave | null>;
  /** Inside a transaction: the wave, to which nobody adds an answer and which nobody else changes before it is done. */
  lock(id: WaveId): Promise<Wave | null>;
  /** Inside a transaction: the wave, which nobody closes before it is done; others may add answers meanwhile. */
  hold(id: WaveId): Promise<Wave | null>;
  /** The one that isn't closed. */
  current(): Promise<Wave | null>;
  /** Newest first. */
  page(query: { readonly limit: number; readonly after: WaveId | null }): Promise<Wave[]>;
  /** Closed ones of which sealed rows, or a key, may be left; and those whose single answers were to go before `now`. */
  uncleared(): Promise<Wave[]>;
  withRawBefore(moment: Instant): Promise<Wave[]>;

  asked(wave: WaveId): Promise<Asked[]>;
  askedOne(wave: WaveId, person: PersonId): Promise<Asked | null>;
  /** Every wave that a person was asked in. */
  wavesOf(person: PersonId): Promise<WaveId[]>;
  /** Forgets that a person was asked, in closed waves; gives in how many. */
  eraseAskedOf(person: PersonId): Promise<number>;

  participation(wave: WaveId, person: PersonId): Promise<Participation | null>;
  /** Those who were asked and neither sent nor skipped. */
  waiting(wave: WaveId): Promise<PersonId[]>;
  /** How many sent. */
  sentCount(wave: WaveId): Promise<number>;
  /** Notes that a person sent, beside their sealed answer; false (and nothing is written) when they had before. */
  takePart(wave: WaveId, person: PersonId, sealed: string): Promise<boolean>;
  /** Notes that a person wants no more of this wave; nothing when they have sent. */
  skip(wave: WaveId, person: PersonId): Promise<void>;
  /** They want to answer after all. */
  unskip(wave: WaveId, person: PersonId): Promise<void>;

  sealed(wave: WaveId): Promise<string[]>;
  /** At the close, in this order: writes the responses as they come, and deletes the sealed rows and the participations. */
  publish(wave: WaveId, responses: readonly Response[], results: WaveResults): Promise<void>;
  results(wave: WaveId): Promise<WaveResults | null>;
  resultsOf(waves: readonly WaveId[]): Promise<Map<WaveId, WaveResults>>;
  /** Deletes the single answers of a wave; its results stay. */
  deleteResponses(wave: WaveId): Promise<void>;

  groups(): Promise<Groups | null>;
  saveGroups(groups: Groups): Promise<void>;

  saveChange(change: Change): Promise<void>;
  /** What was published since a moment, oldest first. */
  changesSince(moment: Instant): Promise<Change[]>;
  changesOf(wave: WaveId): Promise<Change[]>;
}

export interface PulseStores extends DeliveryStores {
  readonly pulse: PulseStore;
  readonly settings: SettingsStore;
}

/** Keeps the private half of each wave's key, outside the store, its log and its backups. */
export interface PulseKeys {
  keep(wave: WaveId, privateKey: string): Promise<void>;
  /** Null when there is none: it was never kept, or it is gone for good. Throws when it can't be found out. */
  read(wave: WaveId): Promise<string | null>;
  /** Deletes it so that nobody can bring it back; harmless when it is gone. */
  purge(wave: WaveId): Promise<void>;
}

/** Seals answers so that only the wave's key opens them. */
export interface Sealing {
  /** A new pair of keys, each as text. */
  newKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }>;
  /** Every sealed response of an instrument is equally long, whatever it says. */
  seal(publicKey: string, response: Response): Promise<string>;
  open(privateKey: string, sealed: string): Promise<Response>;
}

/** What the use cases of the pulse work with. */
export interface PulseDeps {
  readonly store: Store<PulseStores>;
  readonly clock: Clock;
  readonly templates: CardTemplates;
  readonly keys: PulseKeys;
  readonly sealing: Sealing;
  /** In an order that nobody can foretell. */
  readonly shuffled: <T>(items: readonly T[]) => T[];
  /** Rewrites the tables that sealed answers and participations were in, and what is still to be written of them. */
  readonly clear: () => Promise<void>;
  /** The starts of the network's meetings between two moments, so that waves keep away from them. */
  readonly meetings: (network: NetworkId, from: Instant, to: Instant) => Promise<readonly Instant[]>;
  readonly logger: Logger;
}
