import type { Actor } from "../../kernel/actor.ts";
import type { PersonId } from "../../kernel/ids.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import { parseAwayDate } from "./away-date.ts";
import { rosterZone } from "./model.ts";
import { type PatchOutcome, patchPerson, type PersonPatch } from "./people.ts";
import type { RosterDeps } from "./import.ts";

export interface Said {
  readonly ok: boolean;
  /** A sentence or two to show to the person. */
  readonly text: string;
}

type Deps = Pick<RosterDeps, "store" | "clock">;

/** What follows when somebody's availability changes, whoever changed it and wherever. */
export interface AvailabilityHooks {
  /** Hands over what is open; gives a sentence to say to them, or null when nothing was handed over. */
  away(person: PersonKey): Promise<string | null>;
  /** Sends what waited for their return. */
  back(person: PersonKey): Promise<void>;
  started(person: PersonKey): Promise<void>;
}

type PersonKey = Pick<Actor, "network" | "person">;

export type Changed = { readonly outcome: PatchOutcome; readonly handedOver: string | null };

/** Changes a person as `patchPerson` does, and does what follows from it for their cards. */
export async function changePerson(
  deps: Deps,
  hooks: AvailabilityHooks,
  actor: Actor,
  id: PersonId,
  patch: PersonPatch,
): Promise<Changed> {
  const outcome = await patchPerson(deps, actor, id, patch);
  if (!outcome.ok) return { outcome, handedOver: null };
  const key = { network: actor.network, person: id };
  if (patch.stopped === false) await hooks.started(key);
  if (patch.awayUntil === null) await hooks.back(key);
  const isAway = patch.awayUntil !== undefined && patch.awayUntil !== null;
  return { outcome, handedOver: isAway ? await hooks.away(key) : null };
}

/** Pauses somebody's cards up to and including the day that they wrote ("3 December", "next Monday"), and says it back. */
export async function setAway(deps: Deps, hooks: AvailabilityHooks, actor: Actor, written: string): Promise<Said> {
  const today = dateIn(rosterZone, deps.clock.now());
  const read = parseAwayDate(written, today);
  if (!read.ok) return { ok: false, text: read.message };
  return change(deps, hooks, actor, { awayUntil: read.date }, (deputy, handedOver) => {
    const until = `You're away until ${dayInWords(read.date, today)}, that day included.`;
    const standIn =
      deputy === null ? "Nobody stands in for you, so your team's cards wait." : `${deputy} stands in for you when they can.`;
    return `${until} ${handedOver ?? standIn} Write “back” when you return earlier.`;
  });
}

/** Ends an absence. */
export async function setBack(deps: Deps, hooks: AvailabilityHooks, actor: Actor): Promise<Said> {
  return change(deps, hooks, actor, { awayUntil: null }, () => "You're back: your cards come to you again.");
}

/** Ends all messages that the person hasn't asked for, until they write "start". */
export async function stop(deps: Deps, hooks: AvailabilityHooks, actor: Actor): Promise<Said> {
  return change(
    deps,
    hooks,
    actor,
    { stopped: true },
    () => "You won't get any more messages from me. Write “start” if you want them again.",
  );
}

export async function start(deps: Deps, hooks: AvailabilityHooks, actor: Actor): Promise<Said> {
  return change(deps, hooks, actor, { stopped: false }, () => "You'll get messages from me again. Write “stop” to end them.");
}

async function change(
  deps: Deps,
  hooks: AvailabilityHooks,
  actor: Actor,
  patch: PersonPatch,
  say: (deputy: string | null, handedOver: string | null) => string,
): Promise<Said> {
  const { outcome, handedOver } = await changePerson(deps, hooks, actor, actor.person, patch);
  if (outcome.ok) return { ok: true, text: say(outcome.listing.deputy?.name ?? null, handedOver) };
  return {
    ok: false,
    text: outcome.why === "invalid" ? outcome.message : "You're no longer in the roster. Ask a lead to add you.",
  };
}
