import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { Participation } from "../../features/pulse/model.ts";
import type { PulseStore } from "../../features/pulse/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type PersonId, type WaveId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { jsonOf } from "./values.ts";

const participation = z.enum(["sent", "skipped"] satisfies Participation[]);

type Ledgers = Pick<
  PulseStore,
  | "asked"
  | "askedOne"
  | "wavesOf"
  | "eraseAskedOf"
  | "participation"
  | "waiting"
  | "sentCount"
  | "takePart"
  | "skip"
  | "unskip"
  | "sealed"
  | "publish"
  | "deleteResponses"
>;

/** Of one network: who was asked, who took part, and what was said. */
export function pulseLedgers(db: Kysely<Database>, network: NetworkId): Ledgers {
  const asked = () => db.selectFrom("pulse_asked").where("network", "=", network);
  const participations = (wave: WaveId) =>
    db.selectFrom("pulse_participations").where("network", "=", network).where("wave", "=", wave);
  const empty = async (table: "pulse_participations" | "pulse_sealed" | "pulse_responses", wave: WaveId) => {
    await db.deleteFrom(table).where("network", "=", network).where("wave", "=", wave).execute();
  };

  return {
    async asked(wave) {
      const rows = await asked().select(["person", "group_name"]).where("wave", "=", wave).orderBy("person").execute();
      return rows.map((row) => ({ person: asId<PersonId>(row.person), group: row.group_name }));
    },

    async askedOne(wave, person) {
      const query = asked().select("group_name").where("wave", "=", wave).where("person", "=", person);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : { person, group: row.group_name };
    },

    async wavesOf(person) {
      const rows = await asked().select("wave").where("person", "=", person).orderBy("wave", "desc").execute();
      return rows.map((row) => asId<WaveId>(row.wave));
    },

    async eraseAskedOf(person) {
      const closed = db
        .selectFrom("pulse_waves")
        .select("id")
        .where("network", "=", network)
        .where("closed_at", "is not", null);
      const rows = await db
        .deleteFrom("pulse_asked")
        .where("network", "=", network)
        .where("person", "=", person)
        .where("wave", "in", closed)
        .returning("wave")
        .execute();
      return rows.length;
    },

    async participation(wave, person) {
      const row = await participations(wave).select("state").where("person", "=", person).executeTakeFirst();
      return row === undefined ? null : participation.parse(row.state);
    },

    async waiting(wave) {
      const rows = await asked()
        .select("person")
        .where("wave", "=", wave)
        .where("person", "not in", participations(wave).select("person"))
        .orderBy("person")
        .execute();
      return rows.map((row) => asId<PersonId>(row.person));
    },

    async sentCount(wave) {
      const row = await participations(wave)
        .select((eb) => eb.fn.countAll<number | string>().as("n"))
        .where("state", "=", "sent")
        .executeTakeFirstOrThrow();
      return Number(row.n);
    },

    async takePart(wave, person, sealed) {
      const first = await db
        .insertInto("pulse_participations")
        .values({ network, wave, person, state: "sent" })
        .onConflict((conflict) =>
          conflict
            .columns(["network", "wave", "person"])
            .doUpdateSet({ state: "sent" })
            .where("pulse_participations.state", "=", "skipped"),
        )
        .returning("state")
        .executeTakeFirst();
      if (first === undefined) return false;
      await db.insertInto("pulse_sealed").values({ network, wave, sealed }).execute();
      return true;
    },

    async skip(wave, person) {
      await db
        .insertInto("pulse_participations")
        .values({ network, wave, person, state: "skipped" })
        .onConflict((conflict) => conflict.columns(["network", "wave", "person"]).doNothing())
        .execute();
    },

    async unskip(wave, person) {
      await db
        .deleteFrom("pulse_participations")
        .where("network", "=", network)
        .where("wave", "=", wave)
        .where("person", "=", person)
        .where("state", "=", "skipped")
        .execute();
    },

    async sealed(wave) {
      const query = db.selectFrom("pulse_sealed").select("sealed").where("network", "=", network).where("wave", "=", wave);
      // Sorted by ciphertext, so that not even this process learns in which order they came.
      return (await query.orderBy(sql`md5(sealed)`).execute()).map((row) => row.sealed);
    },

    async publish(wave, responses, results) {
      for (const chunk of chunksOf(responses, 1000)) {
        await db
          .insertInto("pulse_responses")
          .values(chunk.map(({ group, choices }) => ({ network, wave, group_name: group, choices: jsonOf(choices) })))
          .execute();
      }
      await db.insertInto("pulse_results").values({ network, wave, value: jsonOf(results) }).execute();
      await empty("pulse_sealed", wave);
      await empty("pulse_participations", wave);
    },

    deleteResponses: (wave) => empty("pulse_responses", wave),
  };
}
