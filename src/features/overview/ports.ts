import type { Actor } from "../../kernel/actor.ts";
import type { Overview, Standing } from "./contract.ts";
import type { Decision } from "./model.ts";

/** What the features know for an overview; each gives its own, and only what the actor may see and do. */
export interface OverviewDeps {
  readonly standing: (actor: Actor) => Promise<Standing>;
  /** The latest one, open or closed. */
  readonly round: (actor: Actor) => Promise<Overview["round"]>;
  /** The next one. */
  readonly meeting: (actor: Actor) => Promise<Overview["meeting"]>;
  /** The latest one, running or closed. */
  readonly wave: (actor: Actor) => Promise<Overview["wave"]>;
  readonly decisions: readonly ((actor: Actor) => Promise<readonly Decision[]>)[];
}
