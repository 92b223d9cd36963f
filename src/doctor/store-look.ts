import { queueFacts } from "../adapters/queue/inspection.ts";
import type { OpenDatabase } from "../adapters/sql/database.ts";
import { directory } from "../adapters/sql/directory-store.ts";
import { storeAbout } from "../adapters/sql/inspection.ts";
import { migrationState } from "../adapters/sql/migrate.ts";
import type { Clock } from "../kernel/time.ts";
import { networkFacts } from "./network-facts.ts";
import type { StoreLook } from "./store-facts.ts";

/**
 * Looks into a store that this process has open.
 * @param admins STEADY_ADMINS
 */
export function storeLook(database: OpenDatabase, clock: Clock, admins: readonly string[]): StoreLook {
  const { db } = database;
  return {
    about: () => storeAbout(database),
    migrations: () => migrationState(db),
    queue: () => queueFacts(db),
    async networks() {
      const all = await directory(db).networks();
      // One after the other: a network's people may be many, and the store has other work.
      const facts = [];
      for (const network of all) facts.push(await networkFacts(db, network, clock.now(), admins));
      return facts;
    },
  };
}
