import type { Selectable } from "kysely";
import { z } from "zod";
import { groupings } from "../../features/pulse/constants.ts";
import { Instrument } from "../../features/pulse/instrument.ts";
import type { Distribution, Groups, Score, Suppression, Wave, WaveResults } from "../../features/pulse/model.ts";
import { asId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf, jsonOf, localDateOf } from "./values.ts";

const group = { name: z.string(), members: z.array(z.string()) };
const groups = z.object({
  by: z.enum(groupings),
  madeOn: z.string().transform(localDateOf),
  groups: z.array(z.object(group)),
});

const suppressions = ["too-few", "complement", "unanimous", "lost"] as const satisfies readonly Suppression[];
const suppressed = z.object({ kind: z.literal("suppressed"), why: z.enum(suppressions) });
const score: z.ZodType<Score> = z.discriminatedUnion("kind", [
  suppressed,
  z.object({ kind: z.literal("shown"), people: z.number(), score: z.number(), margin: z.number() }),
]);
const distribution: z.ZodType<Distribution> = z.discriminatedUnion("kind", [
  suppressed,
  z.object({
    kind: z.literal("shown"),
    parts: z.array(z.object({ labels: z.array(z.string()), percent: z.number() })),
  }),
]);
const results: z.ZodType<WaveResults> = z.object({
  people: z.object({ asked: z.number(), managersAsked: z.number(), membersAsked: z.number(), answered: z.number() }),
  responseRate: z.number().nullable(),
  score,
  bands: distribution,
  items: z.array(z.object({ id: z.string(), text: z.string(), distribution })),
  groups: z.array(z.object({ ...group, score })),
});

/** A network's reporting groups from their column. */
export function groupsOf(value: unknown): Groups {
  return groups.parse(value);
}

/** What to write into a column of reporting groups. */
export function groupsColumn({ madeOn, ...rest }: Groups): string {
  return jsonOf({ ...rest, madeOn: madeOn.toString() });
}

/** What was published of a wave, from its column. */
export function resultsOf(value: unknown): WaveResults {
  return results.parse(value);
}

const momentOf = (date: Date | null) => (date === null ? null : instantOf(date));

/** A wave from its row. */
export function waveOf(row: Selectable<Database["pulse_waves"]>): Wave {
  return {
    id: asId(row.id),
    openedAt: instantOf(row.opened_at),
    closesAt: instantOf(row.closes_at),
    closedAt: momentOf(row.closed_at),
    clearedAt: momentOf(row.cleared_at),
    sharedAt: momentOf(row.shared_at),
    rawDeletedAt: momentOf(row.raw_deleted_at),
    remindedAt: momentOf(row.reminded_at),
    isLost: row.is_lost,
    instrument: Instrument.parse(row.instrument),
    threshold: row.threshold,
    groups: groupsOf(row.groups),
    sealKey: row.seal_key,
    asked: { managers: row.managers_asked, members: row.members_asked },
    sent: row.sent,
  };
}

/** The columns of a wave's row besides its key. */
export function waveColumns(wave: Wave) {
  const at = (moment: Wave["closedAt"]) => (moment === null ? null : dateOf(moment));
  return {
    opened_at: dateOf(wave.openedAt),
    closes_at: dateOf(wave.closesAt),
    closed_at: at(wave.closedAt),
    cleared_at: at(wave.clearedAt),
    shared_at: at(wave.sharedAt),
    raw_deleted_at: at(wave.rawDeletedAt),
    reminded_at: at(wave.remindedAt),
    is_lost: wave.isLost,
    instrument: jsonOf(wave.instrument),
    threshold: wave.threshold,
    groups: groupsColumn(wave.groups),
    seal_key: wave.sealKey,
    managers_asked: wave.asked.managers,
    members_asked: wave.asked.members,
    sent: wave.sent,
  };
}
