import type { Actor } from "../../kernel/actor.ts";
import type { AuditLog, Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import type { PersonalData } from "./ports.ts";

export interface AccountDeps {
  readonly store: Store<{ readonly audit: AuditLog }>;
  readonly clock: Clock;
  /** Every feature that keeps something about people. */
  readonly personalData: readonly PersonalData[];
}

/** All that is kept about the person who asks, by feature. */
export async function exportMyData(deps: AccountDeps, actor: Actor): Promise<Record<string, readonly object[]>> {
  const data: Record<string, readonly object[]> = {};
  for (const part of deps.personalData) data[part.name] = await part.export(actor);
  return data;
}

/** Erases what a person gave, in every feature that may; says how many things went. */
export async function eraseMyData(deps: AccountDeps, actor: Actor): Promise<Record<string, number>> {
  const erased: Record<string, number> = {};
  for (const part of deps.personalData) if (part.erase !== null) erased[part.name] = await part.erase(actor);
  await deps.store.transaction(actor.network, (tx) =>
    tx.audit.record({ at: deps.clock.now(), actor, action: "my-data.erase", subject: actor.person, detail: erased }),
  );
  return erased;
}
