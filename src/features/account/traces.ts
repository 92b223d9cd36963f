import type { Store } from "../../kernel/store.ts";
import type { PersonalData, TraceReader } from "./ports.ts";

/**
 * What was sent to a person and written down about what they did: counted, since each row says no more than its kind
 * and its time. It goes with its own period; the ledger and the log must stay whole until then.
 */
export function traces(store: Store<{ readonly traces: TraceReader }>): PersonalData {
  return {
    name: "traces",
    label: "Cards that were sent to you, and entries of the audit log",
    async export(actor) {
      const found = await store.read(actor.network).traces.of(actor.person);
      return found.map(({ kind, what, count, first, last }) => ({ kind, what, count, first: first.toString(), last: last.toString() }));
    },
    erase: null,
  };
}
