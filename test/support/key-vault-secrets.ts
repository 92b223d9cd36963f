import { randomBytes } from "node:crypto";
import { z } from "zod";

export interface VaultOptions {
  readonly purgeProtection?: boolean;
  /** How many looks at a deleted secret still find its deletion under way; 1. */
  readonly slowness?: number;
}

export interface Answer {
  readonly status: number;
  /** JSON, or a page when it is text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal as Key Vault writes one. */
export function refusal(status: number, code: string, message: string, inner?: string): Answer {
  return { status, body: { error: { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) } } };
}

interface Version {
  readonly id: string;
  readonly value: string;
  readonly contentType?: string | undefined;
  readonly created: number;
  enabled: boolean;
}

const SetParameters = z.object({
  value: z.string().max(25_000),
  contentType: z.string().max(255).optional(),
  attributes: z.object({ enabled: z.boolean().optional() }).optional(),
});

/** The secrets of one vault: what its operations answer. */
export function createSecrets(vault: string, { purgeProtection = false, slowness = 1 }: VaultOptions) {
  let isProtected = purgeProtection;
  const live = new Map<string, Version[]>();
  const deleted = new Map<string, { readonly versions: Version[]; readonly at: number; looksLeft: number }>();

  const notFound = (name: string) =>
    refusal(404, "SecretNotFound", `A secret with (name/id) ${name} was not found in this key vault.`);
  const deletedNotFound = (name: string) => refusal(404, "SecretNotFound", `Deleted Secret not found: ${name}`);

  function properties(name: string, { id, contentType, created, enabled }: Version) {
    const recoveryLevel = isProtected ? "Recoverable" : "Recoverable+Purgeable";
    const attributes = { enabled, created, updated: created, recoveryLevel, recoverableDays: 90 };
    return { ...(contentType === undefined ? {} : { contentType }), id: `${vault}/secrets/${name}/${id}`, attributes };
  }

  function asDeleted(name: string, versions: readonly Version[], at: number): Answer {
    const latest = versions.at(-1);
    if (latest === undefined) return deletedNotFound(name);
    const dates = { deletedDate: at, scheduledPurgeDate: at + 90 * 86_400 };
    return { status: 200, body: { recoveryId: `${vault}/deletedsecrets/${name}`, ...dates, ...properties(name, latest) } };
  }

  return {
    set(name: string, body: string): Answer {
      const gone = deleted.get(name);
      if (gone !== undefined) {
        return gone.looksLeft > 0
          ? refusal(409, "Conflict", `Secret ${name} is currently being deleted.`, "ObjectIsBeingDeleted")
          : refusal(
              409,
              "Conflict",
              `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`,
              "ObjectIsDeletedButRecoverable",
            );
      }
      const parsed = SetParameters.safeParse(JSON.parse(body === "" ? "null" : body));
      if (!parsed.success) return refusal(400, "BadParameter", "The parameter is invalid.");
      const { value, contentType, attributes } = parsed.data;
      const version = {
        id: randomBytes(16).toString("hex"),
        value,
        contentType,
        created: Math.floor(Date.now() / 1000),
        enabled: attributes?.enabled ?? true,
      };
      live.set(name, [...(live.get(name) ?? []), version]);
      return { status: 200, body: { value, ...properties(name, version) } };
    },
    get(name: string, version: string): Answer {
      const versions = live.get(name) ?? [];
      const found = version === "" ? versions.at(-1) : versions.find(({ id }) => id === version);
      if (found === undefined) return notFound(name);
      if (!found.enabled) return refusal(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");
      return { status: 200, body: { value: found.value, ...properties(name, found) } };
    },
    remove(name: string): Answer {
      const versions = live.get(name);
      if (versions === undefined) return notFound(name);
      live.delete(name);
      const at = Math.floor(Date.now() / 1000);
      deleted.set(name, { versions, at, looksLeft: slowness });
      return asDeleted(name, versions, at);
    },
    getDeleted(name: string): Answer {
      const gone = deleted.get(name);
      if (gone === undefined) return deletedNotFound(name);
      if (gone.looksLeft > 0) {
        gone.looksLeft -= 1;
        return deletedNotFound(name);
      }
      return asDeleted(name, gone.versions, gone.at);
    },
    purge(name: string): Answer {
      const gone = deleted.get(name);
      if (gone === undefined) return deletedNotFound(name);
      if (gone.looksLeft > 0) {
        gone.looksLeft -= 1;
        return deletedNotFound(name);
      }
      if (isProtected) {
        return refusal(
          403,
          "Forbidden",
          'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
        );
      }
      deleted.delete(name);
      return { status: 204 };
    },
    values: () => new Map([...live].flatMap(([name, versions]) => versions.slice(-1).map(({ value }) => [name, value]))),
    recoverable: () => [...deleted.keys()],
    disable(name: string) {
      for (const version of live.get(name) ?? []) version.enabled = false;
    },
    recover(name: string) {
      const gone = deleted.get(name);
      deleted.delete(name);
      if (gone !== undefined) live.set(name, gone.versions);
    },
    protect() {
      isProtected = true;
    },
  };
}
