import type { PersonalData } from "../account/ports.ts";
import { reasonOf } from "./model.ts";
import type { InstallDeps } from "./ports.ts";

/** What is kept about whether somebody has the app: one row, which is made anew while they are on the roster. */
export function installPersonalData({ store, canMail }: Pick<InstallDeps, "store" | "canMail">): PersonalData {
  return {
    name: "installs",
    label: "Whether you have the app in Teams",
    async export(actor) {
      const row = await store.read(actor.network).installs.of(actor.person);
      if (row === null) return [];
      const { state, attempts, updatedAt } = row;
      const reason = reasonOf(row, canMail);
      return [{ state, ...(reason === null ? {} : { reason }), attempts, since: updatedAt.toString() }];
    },
    // That it was removed is kept, for its own sake: the app would be given to them anew otherwise.
    erase: (actor) => store.transaction(actor.network, (tx) => tx.installs.eraseOf(actor.person)),
  };
}
