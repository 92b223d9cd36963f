import type { Stores } from "../../adapters/sql/store.ts";
import type { Application } from "../../composition/parts.ts";
import { actorOf, type Person, type Team } from "../../features/roster/model.ts";
import type { Actor } from "../../kernel/actor.ts";
import { Fault } from "../../kernel/errors.ts";
import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import type { Instant } from "../../kernel/time.ts";
import type { MovedClock, Timeline } from "./timeline.ts";

/** The network of the demo, in which the product's own use cases run at made-up moments. */
export interface World {
  readonly network: NetworkId;
  readonly clock: MovedClock;
  readonly timeline: Timeline<World>;
  /** The moment at which the year ends, and the demo is looked at. */
  readonly today: Instant;
  readonly store: Store<Stores>;
  readonly features: Application["features"];
  readonly actors: ReadonlyMap<PersonId, Actor>;
  /** Whoever leads the whole network. */
  readonly lead: Actor;
  /** True once jobs run by themselves and cards reach the chats; before, what was sent is only recorded. */
  readonly isLive: boolean;
  /** Brings what is due to its end: cards arrive. */
  settle(): Promise<void>;
}

/** Everybody of a roster as those who act. */
export function actorsOf(people: readonly Person[], teams: readonly Team[]): ReadonlyMap<PersonId, Actor> {
  const managing = new Set(teams.flatMap(({ managers }) => managers));
  return new Map(people.map((person) => [person.id, actorOf(person, managing.has(person.id))]));
}

/** A person of the roster as the one who acts. */
export function actorWith({ actors }: Pick<World, "actors">, id: PersonId): Actor {
  const actor = actors.get(id);
  if (actor === undefined) throw wrong("somebody acts who isn't in its roster");
  return actor;
}

/** What in the demo contradicts the product's rules, which is a mistake of ours. */
export function wrong(what: string): Fault {
  return new Fault("command", `The demo can't be made: ${what}.`);
}
