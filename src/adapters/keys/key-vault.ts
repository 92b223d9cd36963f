import type { Agent } from "node:https";
import { setTimeout } from "node:timers/promises";
import { SecretClient } from "@azure/keyvault-secrets";
import type { PulseKeys } from "../../features/pulse/ports.ts";
import { Fault } from "../../kernel/errors.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { is, vaultFault } from "./vault-faults.ts";
import { checkedId } from "./wave-id.ts";

export interface KeyVaultKeysOptions {
  /** The vault's address, such as https://steady.vault.azure.net. */
  readonly vaultUrl: string;
  /** Where tokens for the vault come from. It may get, set, delete and purge secrets. */
  readonly credential: ConstructorParameters<typeof SecretClient>[1];
  /** Time limit of keeping, reading or purging a key, in milliseconds, all requests and pauses of it; 60,000. */
  readonly timeoutMs?: number;
  /** Time limit of one request in milliseconds; 10,000. One that takes longer isn't sent again. */
  readonly requestTimeoutMs?: number;
  /** How often a request is sent again after a 5xx, a 429 with Retry-After or a broken connection; 3. */
  readonly retries?: number;
  /** The first pause before that in milliseconds, 800; it doubles. The service's Retry-After goes before it. */
  readonly retryDelayMs?: number;
  /** Milliseconds between looks at a deletion that is under way; 2,000. */
  readonly pollMs?: number;
  /** How the vault is connected to; Node's own way when left out. */
  readonly agent?: Agent;
}

/** How often a secret that can't be found is looked for among the deleted: a deletion may take some seconds to show. */
const looksForDeleted = 10;

interface Call {
  readonly abortSignal: AbortSignal;
  readonly requestOptions: { readonly timeout: number };
}

/**
 * Keeps each wave's key as a secret of a Key Vault without purge protection: with it, a purged key could be brought
 * back for weeks, so `keep` refuses such a vault with a Fault "configuration". A secret that is disabled, or deleted
 * and not purged, reads as none, and as itself again once somebody brings it back. Everything throws a Fault
 * "keys-unavailable" when the vault refuses or doesn't answer; it never holds a key or a token. Every call may be
 * repeated.
 */
export function keyVaultKeys(options: KeyVaultKeysOptions): PulseKeys {
  const { timeoutMs = 60_000, requestTimeoutMs = 10_000, pollMs = 2_000 } = options;
  const client = clientOf(options);
  const nameOf = (wave: WaveId) => `pulse-${checkedId(wave)}`;

  async function inTime<T>(work: (call: Call) => Promise<T>): Promise<T> {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    try {
      return await work({ abortSignal, requestOptions: { timeout: requestTimeoutMs } });
    } catch (error) {
      throw vaultFault(error, abortSignal.aborted);
    }
  }

  const pause = ({ abortSignal }: Call) => setTimeout(pollMs, undefined, { signal: abortSignal });

  /** True once it has seen the secret's deletion through; false for one that isn't there. */
  async function remove(name: string, call: Call): Promise<boolean> {
    for (;;) {
      try {
        const poller = await client.beginDeleteSecret(name, { ...call, intervalInMs: pollMs });
        await poller.pollUntilDone({ abortSignal: call.abortSignal });
        return true;
      } catch (error) {
        if (is(error, 404, "SecretNotFound")) return false;
        // Something else is being done to it.
        if (!is(error, 409)) throw error;
      }
      await pause(call);
    }
  }

  async function isProtected(name: string, call: Call): Promise<boolean> {
    const { properties } = await client.getDeletedSecret(name, call);
    return !isPurgeable(properties.recoveryLevel);
  }

  return {
    async keep(wave, privateKey) {
      const name = nameOf(wave);
      await inTime(async (call) => {
        const { properties } = await client.setSecret(name, privateKey, { ...call, contentType: "application/jwk+json" });
        if (isPurgeable(properties.recoveryLevel)) return;
        await remove(name, call);
        throw purgeProtection();
      });
    },
    async read(wave) {
      const name = nameOf(wave);
      return inTime(async (call) => {
        try {
          const { value } = await client.getSecret(name, call);
          if (value === undefined) throw new Fault("unexpected-answer", "A secret of the Key Vault has no value.");
          return value;
        } catch (error) {
          if (is(error, 404, "SecretNotFound") || is(error, 403, "SecretDisabled")) return null;
          throw error;
        }
      });
    },
    async purge(wave) {
      const name = nameOf(wave);
      await inTime(async (call) => {
        let looksLeft = (await remove(name, call)) ? 0 : looksForDeleted;
        for (;;) {
          try {
            return await client.purgeDeletedSecret(name, call);
          } catch (error) {
            const isMissing = is(error, 404, "SecretNotFound");
            if (isMissing && looksLeft === 0) return;
            if (is(error, 403) && (await isProtected(name, call).catch(() => false))) throw purgeProtection();
            // A deletion that isn't done yet is in the way.
            if (!isMissing && !is(error, 409)) throw error;
            looksLeft = Math.max(0, looksLeft - 1);
          }
          await pause(call);
        }
      });
    },
  };
}

function clientOf({ vaultUrl, credential, retries = 3, retryDelayMs = 800, agent }: KeyVaultKeysOptions): SecretClient {
  if (!URL.canParse(vaultUrl) || new URL(vaultUrl).protocol !== "https:") {
    throw new Fault("configuration", "The Key Vault's address must start with https://.");
  }
  return new SecretClient(new URL(vaultUrl).origin, credential, {
    retryOptions: { maxRetries: retries, retryDelayInMs: retryDelayMs, maxRetryDelayInMs: 10_000 },
    ...(agent === undefined ? {} : { agent }),
  });
}

// "Recoverable+Purgeable", "CustomizedRecoverable+Purgeable", "Purgeable"; a vault with purge protection has the same
// levels without the word.
function isPurgeable(recoveryLevel: string | undefined): boolean {
  return recoveryLevel?.includes("Purgeable") === true;
}

function purgeProtection(): Fault {
  return new Fault(
    "configuration",
    "The Key Vault of PULSE_KEYS has purge protection, with which nothing can be deleted for good: name a vault without it.",
  );
}
