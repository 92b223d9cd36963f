import type { Actor } from "../../kernel/actor.ts";
import { dateIn, dayInWords, type LocalDate } from "../../kernel/time.ts";
import { deliver } from "../deliveries/outbox.ts";
import { isAway } from "./audience.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";

/** Pauses a person up to and including a day. Gives a sentence that says what happens now. */
export async function goAway(deps: CheckInDeps, actor: Actor, until: LocalDate): Promise<string> {
  const { zone } = await readSettings(deps.store.read(actor.network).settings);
  await deps.store.transaction(actor.network, (tx) => tx.roster.setAway(actor.person, until));
  const paused = `You get no cards up to and including ${dayInWords(until, dateIn(zone, deps.clock.now()))}.`;
  const handed = await handOver(deps, actor);
  return handed === null ? paused : `${paused} ${handed}`;
}

/** Hands the open check-ins of somebody who is away to their deputy. Gives a sentence about it; null when there is nothing to hand over. */
export async function handOver(deps: CheckInDeps, actor: Actor): Promise<string | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    const { zone } = await readSettings(tx.settings);
    const now = deps.clock.now();
    const today = dateIn(zone, now);
    const person = await tx.roster.person(actor.person);
    const deputy = person?.deputy == null ? null : await tx.roster.person(person.deputy);
    const round = await tx.rounds.current();
    if (round === null || deputy === null || isAway(deputy, today) || deputy.stoppedAt !== null) return null;
    const waiting: string[] = [];
    for (const team of await tx.roster.teamsOf(actor.person)) {
      const part = await tx.rounds.team(round.id, team.id);
      if (part?.state === "waiting") waiting.push(team.id);
    }
    const cards = waiting.map((subject) => ({
      occasion: round.id,
      purpose: "check-in" as const,
      subject,
      recipient: deputy.id,
      unasked: true,
      skip: false,
      reason: null,
      notBefore: null,
    }));
    const handed = await deliver(tx, actor.network, cards, now);
    return handed.length === 0 ? null : `${deputy.name} has been sent your open check-in.`;
  });
}
