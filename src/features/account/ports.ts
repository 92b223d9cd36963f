import type { Actor } from "../../kernel/actor.ts";

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
