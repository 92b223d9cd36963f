import { CompactEncrypt, importJWK } from "jose";
import { sql } from "kysely";
import { jweSealing } from "../../src/adapters/sealing/jwe.ts";
import { pulseClearing } from "../../src/adapters/sql/pulse-clearing.ts";
import { folderKeys } from "../../src/adapters/keys/folder.ts";
import { shuffled } from "../../src/composition/secrets.ts";
import { closeWave } from "../../src/features/pulse/closing.ts";
import type { Response, WaveResults } from "../../src/features/pulse/model.ts";
import { openWave } from "../../src/features/pulse/opening.ts";
import type { PulseDeps, PulseStore, Sealing } from "../../src/features/pulse/ports.ts";
import { pulseVerbs } from "../../src/features/pulse/verbs.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { pressButton } from "../../src/kernel/press.ts";
import { silent } from "../support/logger.ts";
import type { Network, Way } from "./survey.ts";

/** What is wrong with a way of running a wave. */
export interface Fault {
  /** The dependencies of the use cases, with one or more that don't keep what they promise. */
  readonly deps?: (deps: PulseDeps, network: Network) => PulseDeps;
  /** Done before the wave opens. */
  readonly prepare?: (network: Network) => Promise<unknown>;
  /** Done whenever somebody has answered. */
  readonly answered?: (network: Network, actor: Actor) => Promise<unknown>;
}

/** The use cases on the composed application's store, with the dependencies that the composition gives them, but one. */
export function brokenWay({ deps: bend = (deps) => deps, prepare, answered }: Fault): (network: Network) => Way {
  return (network) => {
    const { app } = network;
    const deps = bend(
      {
        store: app.store,
        clock: app.clock,
        templates: app.templates,
        keys: folderKeys(app.keyFolder),
        sealing: jweSealing(),
        shuffled,
        clear: pulseClearing(app.database, silent),
        meetings: () => Promise.resolve([]),
        logger: silent,
      },
      network,
    );
    const verbs = new Map(pulseVerbs({ ...deps, goAway: () => Promise.resolve({ kind: "text", text: "" }) }).map((verb) => [verb.verb, verb]));
    return {
      async open() {
        await prepare?.(network);
        const opened = await openWave(deps, app.network, null);
        if (!opened.ok) throw new Error(`No wave opened: ${opened.why}`);
      },
      async press(actor, verb, data) {
        await pressButton({ verbs, acted: () => Promise.resolve() }, actor, { verb, data });
        if (verb === "pulse.submit") await answered?.(network, actor);
      },
      async close() {
        const wave = await app.store.read(app.network).pulse.current();
        await closeWave(deps, app.network, null, wave!.id);
      },
    };
  };
}

/** A store whose pulse does some things differently. */
export function withPulse(deps: PulseDeps, change: (pulse: PulseStore) => Partial<PulseStore>): PulseDeps {
  const bent = <S extends { readonly pulse: PulseStore }>(stores: S): S => {
    return { ...stores, pulse: { ...stores.pulse, ...change(stores.pulse) } };
  };
  return {
    ...deps,
    store: {
      transaction: (network, work) => deps.store.transaction(network, (tx) => work(bent(tx))),
      read: (network) => bent(deps.store.read(network)),
    },
  };
}

interface Published {
  readonly responses: readonly Response[];
  readonly results: WaveResults;
}

/** Writes something else at the close than what is given to the store; told what was opened, labels and all. */
export function publishing(
  deps: PulseDeps,
  instead: (opened: readonly Response[], given: Published) => Published,
): PulseDeps {
  const opened: Response[] = [];
  const sealing: Sealing = {
    ...deps.sealing,
    async open(key, text) {
      const response = await deps.sealing.open(key, text);
      opened.push(response);
      return response;
    },
  };
  return withPulse({ ...deps, sealing }, (pulse) => ({
    publish(wave, responses, results) {
      const other = instead(opened, { responses, results });
      return pulse.publish(wave, other.responses, other.results);
    },
  }));
}

/** Answers are counted in the order in which they came, and nothing shuffles them. */
export function inArrivalOrder(deps: PulseDeps, { app: { database } }: Network): PulseDeps {
  // The text of a sealed answer is looked up where it lies, before the transaction that counts them.
  const places = new Map<string, number>();
  const keys = {
    ...deps.keys,
    async read(wave: Parameters<PulseDeps["keys"]["read"]>[0]) {
      const { rows } = await sql<{ sealed: string }>`select sealed from pulse_sealed order by ctid`.execute(database.db);
      for (const [place, { sealed }] of rows.entries()) places.set(sealed, place);
      return deps.keys.read(wave);
    },
  };
  const unshuffled = { ...deps, keys, shuffled: <T>(items: readonly T[]) => [...items] };
  return withPulse(unshuffled, (pulse) => ({
    sealed: async (wave) => (await pulse.sealed(wave)).sort((a, b) => places.get(a)! - places.get(b)!),
  }));
}

/** Text that anybody can read. */
export const openSealing: Sealing = {
  ...jweSealing(),
  seal: (_, response) => Promise.resolve(JSON.stringify(response)),
  open: (_, text) => Promise.resolve(JSON.parse(text)),
};

/** Sealed, but as long as what was said. */
export const unpaddedSealing: Sealing = {
  ...jweSealing(),
  async seal(publicKey, response) {
    const key = await importJWK(JSON.parse(publicKey), "ECDH-ES");
    const text = new TextEncoder().encode(JSON.stringify(response));
    return new CompactEncrypt(text).setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" }).encrypt(key);
  },
};
