import type { Actor } from "../../kernel/actor.ts";
import { chunksOf, letOthersIn } from "../../kernel/chunks.ts";
import { type NetworkId, newId, type WaveId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate, momentOn } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import { aWeekApart, deliver } from "../deliveries/outbox.ts";
import { type Audience, audienceIn } from "./audience.ts";
import { readSettings } from "./deps.ts";
import { areStillGood, groupOf, makeGroups } from "./grouping.ts";
import { defaultInstrument } from "./instrument.ts";
import type { Asked, Groups, Wave } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";
import { round5 } from "./rounding.ts";
import type { PulseSettings } from "./settings.ts";
import { linesToCheck } from "./support.ts";
import { cardAbout } from "./wave-cards.ts";

export type OpenObstacle =
  | { readonly why: "open" | "not-shared" }
  /** Fewer people would be asked than the smallest group that is shown. */
  | { readonly why: "too-few"; readonly threshold: number };

export type OpenResult = { readonly ok: true; readonly wave: Wave } | ({ readonly ok: false } & OpenObstacle);

const closingTime = "17:00";
/** People for whom cards are made in one go, within the transaction, before others get their turn. */
const askedAtOnce = 250;

/**
 * Opens a wave now: everybody in its audience is asked and told their reporting group, in one transaction. The key
 * that opens the answers is kept elsewhere before that, so that there is no wave without one.
 * @param actor the lead who opened it, or null for the schedule
 */
export async function openWave(deps: PulseDeps, network: NetworkId, actor: Actor | null): Promise<OpenResult> {
  const read = deps.store.read(network);
  const obstacle = await obstacleTo(read);
  if (obstacle !== null) return { ok: false, ...obstacle };
  const hadAnswers = (await read.pulse.withRawBefore(deps.clock.now())).length > 0;
  const { publicKey, privateKey } = await deps.sealing.newKeys();
  const id = newId<WaveId>();
  await deps.keys.keep(id, privateKey);
  const result = await deps.store.transaction(network, (tx) => open(deps, tx, network, { id, sealKey: publicKey, actor }));
  // Where the transaction threw, it may have been committed all the same: a key too many does no harm.
  if (!result.ok) await deps.keys.purge(id);
  if (result.ok && hadAnswers) await clearUp(deps, network, id);
  return result;
}

/** Deleted rows stay in their tables until those are rewritten. */
async function clearUp(deps: PulseDeps, network: NetworkId, wave: WaveId): Promise<void> {
  await deps.clear().catch((error: unknown) => {
    deps.logger.warn({ network, wave, err: error }, "the tables of earlier answers weren't rewritten; the next close does it");
  });
}

/** Why no wave can be opened now; null when one can. @param audience where it is known whom it would ask */
export async function obstacleTo(stores: PulseStores, audience?: Audience): Promise<OpenObstacle | null> {
  const [last] = await stores.pulse.page({ limit: 1, after: null });
  if (last !== undefined && last.closedAt === null) return { why: "open" };
  if (last !== undefined && last.sharedAt === null) return { why: "not-shared" };
  const { threshold } = await readSettings(stores.settings);
  const { managers, members } = audience ?? (await audienceIn(stores));
  return managers.length + members.length < threshold ? { why: "too-few", threshold } : null;
}

async function open(
  deps: PulseDeps,
  tx: PulseStores,
  network: NetworkId,
  { id, sealKey, actor }: { id: WaveId; sealKey: string; actor: Actor | null },
): Promise<OpenResult> {
  const audience = await audienceIn(tx);
  const obstacle = await obstacleTo(tx, audience);
  if (obstacle !== null) return { ok: false, ...obstacle };
  const now = deps.clock.now();
  const settings = await readSettings(tx.settings);
  const today = dateIn(settings.zone, now);
  const everybody = [...audience.managers, ...audience.members];
  const groups = await groupsFor(tx, audience, settings, today);
  const wave: Wave = {
    id,
    openedAt: now,
    closesAt: closesAt(settings, today),
    closedAt: null,
    clearedAt: null,
    sharedAt: null,
    rawDeletedAt: null,
    remindedAt: null,
    isLost: false,
    instrument: defaultInstrument,
    threshold: settings.threshold,
    groups,
    sealKey,
    asked: { managers: audience.managers.length, members: audience.members.length },
    sent: null,
  };
  const asked: Asked[] = [];
  for (const some of chunksOf(everybody, askedAtOnce)) {
    asked.push(...some.map((person) => ({ person: person.id, group: groupOf(groups, person) })));
    await letOthersIn();
  }
  if (!(await tx.pulse.add(wave, asked))) return { ok: false, why: "open" };
  await tx.pulse.saveGroups(groups);
  await forgetEarlierAnswers(tx, now);
  for (const some of chunksOf(everybody, askedAtOnce)) {
    const cards = some.map((person) => cardAbout(id, "pulse", person.id, true));
    await deliver(tx, network, await aWeekApart(tx, cards, now, { at: wave.closesAt, what: "survey" }), now);
  }
  await askForChecks(tx, network, wave, settings, now);
  const detail = { asked: round5(everybody.length), threshold: wave.threshold, groups: groups.groups.length };
  await tx.audit.record({ at: now, actor, action: "pulse.open", subject: id, detail });
  return { ok: true, wave };
}

/**
 * Deletes the single answers of earlier waves: beside those of this one, they would show what people said who took part
 * in only one of the two, as far as the others say again what they said before.
 */
async function forgetEarlierAnswers(tx: PulseStores, now: Instant): Promise<void> {
  for (const { id } of await tx.pulse.withRawBefore(now)) {
    const wave = await tx.pulse.lock(id);
    if (wave === null || wave.rawDeletedAt !== null) continue;
    await tx.pulse.deleteResponses(id);
    await tx.pulse.save({ ...wave, rawDeletedAt: now });
  }
}

/** The close of business, as many days after the opening as is set, or on the next working day. */
function closesAt({ daysOpen, holidayOverrides, zone }: PulseSettings, openedOn: LocalDate): Instant {
  return momentOn(nextWorkingDay(openedOn.add({ days: daysOpen }), holidayOverrides), closingTime, zone);
}

/** Groups stay as they are for a year, whoever joins and leaves, so that waves can be compared and not subtracted. */
async function groupsFor(tx: PulseStores, audience: Audience, settings: PulseSettings, today: LocalDate): Promise<Groups> {
  const { groupBy: by, areasInOrder, threshold } = settings;
  const present = await tx.pulse.groups();
  if (present !== null && areStillGood(present, by, today)) return present;
  return makeGroups([...audience.managers, ...audience.members], { by, areasInOrder, threshold, today });
}

/** Asks those who run the network to make sure of support lines that nobody has checked for a year. */
async function askForChecks(tx: PulseStores, network: NetworkId, wave: Wave, settings: PulseSettings, now: Instant): Promise<void> {
  if (linesToCheck(settings, dateIn(settings.zone, now)).length === 0) return;
  const people = (await tx.roster.people()).filter(({ stoppedAt }) => stoppedAt === null);
  const admins = people.filter(({ role }) => role === "admin");
  const leads = people.filter(({ role, scope }) => role === "lead" && scope?.kind === "network");
  const runners = admins.length > 0 ? admins : leads;
  await deliver(tx, network, runners.map(({ id }) => cardAbout(wave.id, "support-lines", id, false)), now);
}

/** Why no wave can be opened now, and what to do about it. */
export function obstacleInWords(obstacle: OpenObstacle): string {
  switch (obstacle.why) {
    case "open":
      return "The last survey isn't closed yet. Close it first, or wait until it closes by itself.";
    case "not-shared":
      return "The last survey's results haven't been shared with those who were asked. Share them first.";
    case "too-few":
      return `Fewer than ${obstacle.threshold} people would be asked, so nothing could be shown. Add managers and team members to the roster first.`;
  }
}
