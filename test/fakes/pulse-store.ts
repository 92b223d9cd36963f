import type { Asked, Change, Groups, Participation, Response, Wave, WaveResults } from "../../src/features/pulse/model.ts";
import type { PulseStore } from "../../src/features/pulse/ports.ts";
import type { PersonId, WaveId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";

interface Tables {
  readonly waves: Map<WaveId, Wave>;
  readonly asked: Map<WaveId, Asked[]>;
  readonly participations: Map<WaveId, Map<PersonId, Participation>>;
  readonly sealed: Map<WaveId, string[]>;
  readonly responses: Map<WaveId, readonly Response[]>;
  readonly results: Map<WaveId, WaveResults>;
  readonly changes: Change[];
  groups: Groups | null;
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;

/** The waves of one network in memory, held to the same contract as the SQL ones; `tables` is all that they keep. */
export function memoryPulse(): { readonly store: PulseStore; readonly tables: Tables } {
  const tables: Tables = {
    waves: new Map(),
    asked: new Map(),
    participations: new Map(),
    sealed: new Map(),
    responses: new Map(),
    results: new Map(),
    changes: [],
    groups: null,
  };
  const newestFirst = () =>
    [...tables.waves.values()].sort((a, b) => Temporal.Instant.compare(b.openedAt, a.openedAt) || (a.id < b.id ? 1 : -1));
  const open = () => newestFirst().find(({ closedAt }) => closedAt === null) ?? null;
  const taking = (wave: WaveId) => tables.participations.get(wave) ?? new Map<PersonId, Participation>();
  const note = (wave: WaveId, person: PersonId, participation: Participation | null) => {
    const all = new Map(taking(wave));
    if (participation === null) all.delete(person);
    else all.set(person, participation);
    tables.participations.set(wave, all);
  };
  const wave = async (id: WaveId) => tables.waves.get(id) ?? null;

  const store: PulseStore = {
    async add(added, asked) {
      if (open() !== null) return false;
      tables.waves.set(added.id, added);
      tables.asked.set(added.id, [...asked]);
      return true;
    },
    save: async (saved) => void tables.waves.set(saved.id, saved),
    byId: wave,
    lock: wave,
    hold: wave,
    current: async () => open(),
    async page({ limit, after }) {
      const all = newestFirst();
      return all.slice(all.findIndex(({ id }) => id === after) + 1).slice(0, limit);
    },
    uncleared: async () => newestFirst().filter(({ closedAt, clearedAt }) => closedAt !== null && clearedAt === null),
    withRawBefore: async (moment) =>
      newestFirst().filter(
        ({ closedAt, rawDeletedAt }) => closedAt !== null && rawDeletedAt === null && isBefore(closedAt, moment),
      ),

    asked: async (id) => [...(tables.asked.get(id) ?? [])],
    askedOne: async (id, person) => tables.asked.get(id)?.find((one) => one.person === person) ?? null,
    wavesOf: async (person) =>
      newestFirst()
        .map(({ id }) => id)
        .filter((id) => tables.asked.get(id)?.some((one) => one.person === person) === true),
    async eraseAskedOf(person) {
      const closed = newestFirst().filter(({ closedAt }) => closedAt !== null);
      const of = closed.filter(({ id }) => tables.asked.get(id)?.some((one) => one.person === person) === true);
      for (const { id } of of) {
        tables.asked.set(id, (tables.asked.get(id) ?? []).filter((one) => one.person !== person));
      }
      return of.length;
    },

    participation: async (id, person) => taking(id).get(person) ?? null,
    waiting: async (id) =>
      (tables.asked.get(id) ?? []).map(({ person }) => person).filter((person) => !taking(id).has(person)),
    sentCount: async (id) => [...taking(id).values()].filter((one) => one === "sent").length,
    async takePart(id, person, sealed) {
      if (taking(id).get(person) === "sent") return false;
      note(id, person, "sent");
      tables.sealed.set(id, [...(tables.sealed.get(id) ?? []), sealed]);
      return true;
    },
    async skip(id, person) {
      if (taking(id).get(person) !== "sent") note(id, person, "skipped");
    },
    async unskip(id, person) {
      if (taking(id).get(person) === "skipped") note(id, person, null);
    },

    sealed: async (id) => [...(tables.sealed.get(id) ?? [])],
    async publish(id, responses, results) {
      tables.responses.set(id, responses);
      tables.results.set(id, results);
      tables.sealed.delete(id);
      tables.participations.delete(id);
    },
    results: async (id) => tables.results.get(id) ?? null,
    resultsOf: async (ids) => new Map([...tables.results].filter(([id]) => ids.includes(id))),
    deleteResponses: async (id) => void tables.responses.delete(id),

    groups: async () => tables.groups,
    async saveGroups(groups) {
      tables.groups = groups;
    },

    saveChange: async (change) => void tables.changes.push(change),
    changesSince: async (moment) => tables.changes.filter(({ publishedAt }) => !isBefore(publishedAt, moment)),
    changesOf: async (id) => tables.changes.filter((change) => change.wave === id),
  };
  return { store, tables };
}
