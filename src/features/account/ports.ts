import type { Actor } from "../../kernel/actor.ts";
import type { PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";

/** Rows that are about a person and that nobody reads for them one by one: how many of a kind, and from when to when. */
export interface Trace {
  readonly kind: "cards sent to you" | "entries of the audit log by you" | "entries of the audit log about you";
  readonly what: string;
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
}

/** What the store has of a person beside what they gave. */
export interface TraceReader {
  of(person: PersonId): Promise<Trace[]>;
}

/** What one feature keeps about a person, and how it forgets it. */
export interface PersonalData {
  /** Its key in the person's data. */
  readonly name: string;
  /** For people: "check-ins that you answered". */
  readonly label: string;
  export(actor: Actor): Promise<readonly object[]>;
  /** Erases what can be tied to the person; gives how many things went. Null where the network must keep it. */
  readonly erase: ((actor: Actor) => Promise<number>) | null;
}
