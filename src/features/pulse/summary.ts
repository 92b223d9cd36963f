import type { Actor } from "../../kernel/actor.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import type { DistributionResource, PulseResults, PulseSummary, ResultSummary, ScoreResource } from "./contract.ts";
import { readSettings } from "./deps.ts";
import { type Distribution, type ReportingGroup, type Score, stateOf, type Wave } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";
import { suppressionInWords } from "./suppression-words.ts";
import { momentIn, rateSoFar } from "./wave-resources.ts";
import { coverageInWords } from "./words.ts";

export type SummaryResult =
  | { readonly kind: "summary"; readonly summary: PulseSummary }
  | { readonly kind: "unknown" | "forbidden" };

/** FACTS, section 5: the staff survey asks about burnout on a scale of its own. */
const note =
  "These scores can't be compared with the NHS Staff Survey, which uses another scale. Compare them with this network's own earlier surveys.";

/**
 * What a person may know of a wave: before the close, leads see the rounded response rate; after it, what was published,
 * and a lead of some areas only the groups that touch these. Those who were asked, and viewers, see it once it is shared.
 */
export async function summaryFor(deps: Pick<PulseDeps, "store" | "clock">, actor: Actor, id: WaveId): Promise<SummaryResult> {
  const read = deps.store.read(actor.network);
  const wave = await read.pulse.byId(id);
  if (wave === null) return { kind: "unknown" };
  if (!(await maySee(read, actor, wave))) return { kind: "forbidden" };
  const results = await read.pulse.results(id);
  const state = stateOf(wave, deps.clock.now());
  if (state === "open" || state === "closing" || wave.closedAt === null || results === null) {
    const running = state === "open" ? "open" : "closing";
    return { kind: "summary", summary: { state: running, responseRate: await rateSoFar(read, wave) } };
  }
  const { zone } = await readSettings(read.settings);
  const earlier = await wavesLike(read, actor, wave);
  const published = new Map([...(await read.pulse.resultsOf(earlier.map((one) => one.id))), [id, results]]);
  const history = earlier.flatMap((one) => {
    const of = published.get(one.id);
    return of === undefined ? [] : [{ wave: one, results: of, openedOn: dateIn(zone, one.openedAt).toString() }];
  });
  const changes = await read.pulse.changesOf(id);
  const summary: ResultSummary = {
    id,
    state,
    openedOn: dateIn(zone, wave.openedAt).toString(),
    closedOn: dateIn(zone, wave.closedAt).toString(),
    sharedAt: wave.sharedAt === null ? null : momentIn(zone, wave.sharedAt),
    responseRate: results.responseRate,
    instrument: pick(wave.instrument),
    note,
    covers: coverageInWords(results.people, wave.asked).join(" "),
    people: results.people,
    score: scoreResource(results.score, wave, networkScore),
    bands: distributionResource(results.bands, wave, "The spread of scores"),
    items: results.items.map((item) => ({ ...item, distribution: distributionResource(item.distribution, wave, "The spread of answers") })),
    groups: results.groups
      .filter((group) => isInScope(actor, wave, group))
      .map(({ name, members, score }) => ({
        name,
        members: [...members],
        score: scoreResource(score, wave, `The score of ${name}`),
        trend: history.flatMap((past) => {
          const same = past.results.groups.find((group) => isSameGroup(group, { name, members }));
          return same === undefined ? [] : [{ wave: past.wave.id, openedOn: past.openedOn, score: scoreResource(same.score, past.wave, `The score of ${name}`) }];
        }),
      })),
    trend: history.map((past) => ({
      wave: past.wave.id,
      openedOn: past.openedOn,
      score: scoreResource(past.results.score, past.wave, networkScore),
      responseRate: past.results.responseRate,
    })),
    changes: changes.map(({ text, publishedAt }) => ({ text, publishedAt: momentIn(zone, publishedAt) })),
  };
  return { kind: "summary", summary };
}

async function maySee(read: PulseStores, actor: Actor, wave: Wave): Promise<boolean> {
  if (isOpenTo(actor, wave, false)) return true;
  return isOpenTo(actor, wave, true) && (await read.pulse.askedOne(wave.id, actor.person)) !== null;
}

function isOpenTo({ role }: Actor, { sharedAt }: Wave, wasAsked: boolean): boolean {
  return role === "lead" || (sharedAt !== null && (role === "viewer" || wasAsked));
}

/** Waves that a list of results has at most; with the default rhythm these are 25 years. */
const mostResults = 100;

/** The closed waves whose summary the actor may see, newest first. */
export async function resultsFor(deps: Pick<PulseDeps, "store">, actor: Actor): Promise<PulseResults> {
  const read = deps.store.read(actor.network);
  const { zone } = await readSettings(read.settings);
  const asked = new Set(await read.pulse.wavesOf(actor.person));
  const waves = await read.pulse.page({ limit: mostResults, after: null });
  const items = waves.flatMap((wave) => {
    if (wave.closedAt === null || !isOpenTo(actor, wave, asked.has(wave.id))) return [];
    return {
      id: wave.id,
      title: wave.instrument.title,
      state: wave.isLost ? ("lost" as const) : ("closed" as const),
      openedOn: dateIn(zone, wave.openedAt).toString(),
      closedOn: dateIn(zone, wave.closedAt).toString(),
      sharedAt: wave.sharedAt === null ? null : momentIn(zone, wave.sharedAt),
    };
  });
  return { items };
}

/** Waves that a trend shows at most; with the default rhythm these are five years. */
const longestTrend = 20;

/** This wave and those before it that asked the same, oldest first; for those who see only what was shared, only that. */
async function wavesLike({ pulse }: PulseStores, actor: Actor, wave: Wave): Promise<Wave[]> {
  const before = await pulse.page({ limit: longestTrend, after: wave.id });
  const known = before.filter(
    (one) => one.instrument.id === wave.instrument.id && one.closedAt !== null && (actor.role === "lead" || one.sharedAt !== null),
  );
  return [wave, ...known].toSorted((a, b) => Temporal.Instant.compare(a.openedAt, b.openedAt));
}

function isSameGroup(a: ReportingGroup, b: ReportingGroup): boolean {
  return a.name === b.name && [...a.members].sort().join("\n") === [...b.members].sort().join("\n");
}

/** A lead of some areas sees the groups that these belong to; groups of job roles are everywhere. */
function isInScope({ role, scope }: Actor, wave: Wave, { members }: ReportingGroup): boolean {
  if (role !== "lead" || scope?.kind !== "areas" || wave.groups.by !== "area") return true;
  return members.some((area) => scope.areas.includes(area));
}

function pick({ id, title, citation, bandsNote }: Wave["instrument"]): ResultSummary["instrument"] {
  return { id, title, citation, bandsNote };
}

const networkScore = "The network's score";

function scoreResource(score: Score, wave: Wave, what: string): ScoreResource {
  return score.kind === "shown" ? score : { ...score, words: suppressionInWords(score.why, wave.threshold, what) };
}

function distributionResource(distribution: Distribution, wave: Wave, what: string): DistributionResource {
  if (distribution.kind === "suppressed") {
    return { ...distribution, words: suppressionInWords(distribution.why, wave.threshold, what) };
  }
  return { kind: "shown", parts: distribution.parts.map(({ labels, percent }) => ({ labels: [...labels], percent })) };
}
