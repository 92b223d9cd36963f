import type { Actor } from "../../kernel/actor.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import { parseAwayDate } from "./away-date.ts";
import { rosterZone } from "./model.ts";
import { patchPerson, type PersonPatch } from "./people.ts";
import type { RosterDeps } from "./import.ts";

export interface Said {
  readonly ok: boolean;
  /** A sentence or two to show to the person. */
  readonly text: string;
}

type Deps = Pick<RosterDeps, "store" | "clock">;

/** Pauses somebody's cards up to and including the day that they wrote ("3 December", "next Monday"), and says it back. */
export async function setAway(deps: Deps, actor: Actor, written: string): Promise<Said> {
  const today = dateIn(rosterZone, deps.clock.now());
  const read = parseAwayDate(written, today);
  if (!read.ok) return { ok: false, text: read.message };
  return change(deps, actor, { awayUntil: read.date }, (deputy) => {
    const until = `You're away until ${dayInWords(read.date, today)}, that day included.`;
    return deputy === null
      ? `${until} Nobody stands in for you, so your team's cards wait. Write “back” when you return earlier.`
      : `${until} ${deputy} gets your team's cards meanwhile. Write “back” when you return earlier.`;
  });
}

/** Ends an absence. */
export async function setBack(deps: Deps, actor: Actor): Promise<Said> {
  return change(deps, actor, { awayUntil: null }, () => "You're back: your cards come to you again.");
}

/** Ends all messages that the person hasn't asked for, until they write "start". */
export async function stop(deps: Deps, actor: Actor): Promise<Said> {
  return change(
    deps,
    actor,
    { stopped: true },
    () => "You won't get any more messages from me. Write “start” if you want them again.",
  );
}

export async function start(deps: Deps, actor: Actor): Promise<Said> {
  return change(deps, actor, { stopped: false }, () => "You'll get messages from me again. Write “stop” to end them.");
}

async function change(
  deps: Deps,
  actor: Actor,
  patch: PersonPatch,
  say: (deputy: string | null) => string,
): Promise<Said> {
  const outcome = await patchPerson(deps, actor, actor.person, patch);
  if (outcome.ok) return { ok: true, text: say(outcome.listing.deputy?.name ?? null) };
  return {
    ok: false,
    text: outcome.why === "invalid" ? outcome.message : "You're no longer in the roster. Ask a lead to add you.",
  };
}
