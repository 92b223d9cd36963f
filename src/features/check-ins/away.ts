import type { Actor } from "../../kernel/actor.ts";
import type { Reply } from "../../kernel/bot.ts";
import { dateIn, dayInWords, type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import { betweenMessages } from "../deliveries/model.ts";
import { deliver, resend, sendAgain } from "../deliveries/outbox.ts";
import { isAway, type Person, type Team } from "../roster/model.ts";
import { cardFor } from "./audience.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { Round } from "./model.ts";
import type { CheckInStores } from "./ports.ts";

/** Whose cards; they needn't be the one who acts. */
type PersonKey = Pick<Actor, "network" | "person">;

/** Pauses a person up to and including a day, or refuses one that has passed. Gives a sentence that says so. */
export async function goAway(deps: CheckInDeps, actor: Actor, until: LocalDate): Promise<Exclude<Reply, { kind: "card" }>> {
  const { zone } = await readSettings(deps.store.read(actor.network).settings);
  const now = deps.clock.now();
  const today = dateIn(zone, now);
  if (Temporal.PlainDate.compare(until, today) < 0) {
    return { kind: "refused", text: `${dayInWords(until, today)} has passed. Choose today or a later day.` };
  }
  await deps.store.transaction(actor.network, async (tx) => {
    await tx.roster.setAway(actor.person, until);
    const detail = { fields: ["awayUntil"] };
    await tx.audit.record({ at: now, actor, action: "person.update", subject: actor.person, detail });
  });
  const paused = `You get no cards up to and including ${dayInWords(until, today)}.`;
  const handed = await handOver(deps, actor);
  return { kind: "text", text: handed === null ? paused : `${paused} ${handed}` };
}

/**
 * Hands the open check-ins of somebody who is away to their deputy, and gives up what they had asked for later. Gives a
 * sentence about it; null when there is nothing to hand over.
 */
export async function handOver(deps: CheckInDeps, actor: PersonKey): Promise<string | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    const now = deps.clock.now();
    const round = await tx.rounds.current();
    if (round === null) return null;
    await tx.deliveries.giveUp(round.id, "nudge", actor.person, "They went away before it was due.", now);
    const deputy = await deputyOf(tx, actor, now);
    if (deputy === null) return null;
    const settings = await readSettings(tx.settings);
    const lastUnasked = await tx.deliveries.lastUnasked([deputy.id], now.subtract(betweenMessages), round.id);
    const teams = await waitingTeams(tx, actor, round);
    const cards = teams.map((team) => cardFor({ round, settings, now, lastUnasked }, team, deputy));
    const handed = (await deliver(tx, actor.network, cards, now)).filter((card) => card.state === "pending");
    return handed.length === 0 ? null : `${deputy.name} gets your open check-in.`;
  });
}

/** Sends the open check-ins of somebody who is back before they said, where their team hasn't answered. */
export async function takeBack(deps: CheckInDeps, actor: PersonKey): Promise<void> {
  await deps.store.transaction(actor.network, async (tx) => {
    const now = deps.clock.now();
    const round = await tx.rounds.current();
    if (round === null) return;
    const person = await tx.roster.person(actor.person);
    if (person === null) return;
    const settings = await readSettings(tx.settings);
    const lastUnasked = await tx.deliveries.lastUnasked([actor.person], now.subtract(betweenMessages), round.id);
    const own = await tx.deliveries.toPerson(round.id, "check-in", actor.person);
    for (const team of await waitingTeams(tx, actor, round)) {
      const { skip, notBefore } = cardFor({ round, settings, now, lastUnasked }, team, person);
      const cards = own.filter((card) => card.subject === team.id);
      const ids = (state: string) => cards.filter((card) => card.state === state).map((card) => card.id);
      if (skip) continue;
      await resend(tx, actor.network, ids("pending"), now, notBefore);
      await sendAgain(tx, actor.network, ids("skipped"), now, notBefore);
    }
  });
}

async function deputyOf(tx: CheckInStores, actor: PersonKey, now: Instant): Promise<Person | null> {
  const { zone } = await readSettings(tx.settings);
  const person = await tx.roster.person(actor.person);
  const deputy = person?.deputy == null ? null : await tx.roster.person(person.deputy);
  if (deputy === null || deputy.leftOn !== null || deputy.stoppedAt !== null) return null;
  return isAway(deputy, dateIn(zone, now)) ? null : deputy;
}

/** The teams of a manager that haven't answered yet. */
async function waitingTeams(tx: CheckInStores, actor: PersonKey, round: Round): Promise<Team[]> {
  const waiting: Team[] = [];
  for (const team of await tx.roster.teamsOf(actor.person)) {
    if ((await tx.rounds.team(round.id, team.id))?.state === "waiting") waiting.push(team);
  }
  return waiting;
}
