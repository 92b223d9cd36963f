import { dateIn } from "../../kernel/time.ts";
import type { PersonalData } from "../account/ports.ts";
import { readSettings } from "./deps.ts";
import type { PulseDeps } from "./ports.ts";

/**
 * What the pulse keeps about a person: in which waves they were asked, their reporting group, and until its
 * count that they took part. What they answered has no name to it, so it can be neither listed nor erased.
 */
export function pulsePersonalData(deps: Pick<PulseDeps, "store">): PersonalData {
  return {
    name: "pulse",
    label: "Surveys that you were asked in; your answers have no name to them and can't be listed",
    async export(actor) {
      const read = deps.store.read(actor.network);
      const { zone } = await readSettings(read.settings);
      const rows = [];
      for (const id of await read.pulse.wavesOf(actor.person)) {
        const wave = await read.pulse.byId(id);
        const asked = await read.pulse.askedOne(id, actor.person);
        if (wave === null || asked === null) continue;
        rows.push({
          id,
          kind: "survey",
          openedOn: dateIn(zone, wave.openedAt).toString(),
          reportingGroup: asked.group,
          youDid: wave.closedAt === null ? await read.pulse.participation(id, actor.person) : null,
        });
      }
      return rows;
    },
    // Of an open wave it stays until the close: who had been forgotten would be reminded, and could answer twice.
    erase: (actor) => deps.store.transaction(actor.network, (tx) => tx.pulse.eraseAskedOf(actor.person)),
  };
}
