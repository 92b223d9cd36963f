import type { DirectoryPerson } from "../entra/index.ts";
import { userIdOf } from "./ids.ts";

export interface ConnectorDirectory {
  /** Finds somebody by object id or by the id that this bot has for them ("29:…"); null when there is nobody. */
  find(id: string): Promise<DirectoryPerson | null>;
}

/**
 * The people whom the Connector knows. Read again only for an id that is new or belongs to another tenant, because a
 * round of thousands would otherwise read the whole directory once per card.
 */
export function createDirectory(
  appId: string,
  tenantId: string,
  people: () => Promise<readonly DirectoryPerson[]>,
): ConnectorDirectory {
  let known = new Map<string, DirectoryPerson>();
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const next = new Map<string, DirectoryPerson>();
    for (const person of await people()) {
      const outside = person.external || person.tenantId !== tenantId;
      const entry = { ...person, external: outside };
      next.set(person.objectId, entry);
      next.set(userIdOf(appId, person.objectId), entry);
    }
    known = next;
  }

  return {
    async find(id) {
      const found = known.get(id);
      if (found !== undefined && !found.external) return found;
      reading ??= read().finally(() => {
        reading = null;
      });
      await reading;
      return known.get(id) ?? null;
    },
  };
}
