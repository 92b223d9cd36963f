import { type Actor, allow } from "../../kernel/actor.ts";
import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import { installApp } from "./jobs.ts";
import { type Candidate, cannot, foregone, gone, type InstallCounts, installed, type InstallState } from "./model.ts";
import type { Decision, InstallDeps, InstallRow, InstallStores, QueuedInstall } from "./ports.ts";

/** Requests a second, all replicas together: a third of what Teams takes ("Microsoft Graph throttling limits", Teams). */
export const installsPerSecond = 10;
/** People whose first try falls due at the same moment. */
const atOnce = 500;
/** A try that was due this long ago, and untouched since, has lost its job. */
const overdueAfter = { minutes: 15 };
const overdueAtOnce = 1_000;

export type Started =
  | { readonly ok: true; readonly tries: number; readonly counts: InstallCounts }
  | { readonly ok: false; readonly why: "not-set-up" };

/**
 * Gives the app to everybody of the roster who can have it and doesn't: those who were never tried, those for whom it
 * failed, and those who stood outside it when they were looked at last. Asked again it goes on where it stands. For whom
 * the app was removed it isn't put back. From now on newcomers get it by themselves.
 */
export async function startInstalling(deps: InstallDeps, actor: Actor): Promise<Started> {
  if (deps.installer === null) return { ok: false, why: "not-set-up" };
  const { network } = actor;
  return deps.store.transaction(network, async (tx): Promise<Started> => {
    const now = deps.clock.now();
    await tx.installs.start(now);
    const tries = await decideAbout(deps, tx, network, true, now);
    const counts = await tx.installs.counts(null);
    await tx.audit.record({ at: now, actor, action: "installs.start", subject: null, detail: { tries, ...counts } });
    return { ok: true, tries, counts };
  });
}

/**
 * What a network's ledger needs every minute: it follows what chats have shown, forgets those who have left, gives
 * newcomers the app where installing was started, and replaces lost jobs.
 */
export async function tendInstalls(deps: InstallDeps, network: NetworkId): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    await tx.installs.followChats(gone, now);
    await tx.installs.forgetLeavers();
    if (deps.installer === null || !(await tx.installs.lockStart())) return;
    await decideAbout(deps, tx, network, false, now);
    const overdue = await tx.installs.takeOverdue(now.subtract(overdueAfter), overdueAtOnce, now);
    await enqueue(tx, network, overdue, null);
  });
}

/** Notes that the app has come to somebody, or was removed for them; Teams tells the bot both. */
export async function noteApp(
  deps: Pick<InstallDeps, "store" | "clock">,
  { network, person }: Pick<Actor, "network" | "person">,
  has: boolean,
): Promise<void> {
  await deps.store.transaction(network, (tx) =>
    tx.installs.note(person, has ? installed : cannot("removed"), deps.clock.now()),
  );
}

export interface InstallsPage {
  /** One more than `limit` when there are more. */
  readonly rows: readonly InstallRow[];
  readonly counts: InstallCounts;
  readonly startedAt: Instant | null;
}

/** One page of who has the app, with how many there are of each kind; a lead of some areas sees those of these areas. */
export async function listInstalls(
  deps: Pick<InstallDeps, "store">,
  actor: Actor,
  { limit, ...query }: { readonly state?: InstallState; readonly limit: number; readonly after: PersonId | null },
): Promise<InstallsPage> {
  const areas = allow.runners(actor) ? null : actor.scope?.kind === "areas" ? actor.scope.areas : [];
  const { installs } = deps.store.read(actor.network);
  return {
    rows: await installs.page({ ...query, areas, limit: limit + 1 }),
    counts: await installs.counts(areas),
    startedAt: await installs.startedAt(),
  };
}

/** Decides about everybody who is undecided, and enqueues the tries; gives how many those are. */
async function decideAbout(
  { homeTenant }: Pick<InstallDeps, "homeTenant">,
  tx: InstallStores,
  network: NetworkId,
  isAskedFor: boolean,
  now: Instant,
): Promise<number> {
  const undecided = await tx.installs.undecided(homeTenant, isAskedFor);
  const known = undecided.flatMap((one): Decision[] => {
    const settled = foregone(one);
    return settled === null ? [] : [{ person: one.person, ...settled }];
  });
  await tx.installs.decide(known, now);
  const open = undecided.filter((one) => foregone(one) === null);
  for (const [place, some] of inPortions(open).entries()) {
    // Due when its turn comes at the pace that Teams takes, so that whoever waits in line isn't taken for lost.
    const dueAt = now.add({ seconds: Math.floor((place * atOnce) / installsPerSecond) });
    const tries = some.map(({ person }): Decision => ({ person, state: "pending", dueAt }));
    await enqueue(tx, network, await tx.installs.decide(tries, now), Temporal.Instant.compare(dueAt, now) > 0 ? dueAt : null);
  }
  return open.length;
}

function inPortions(people: readonly Candidate[]): Candidate[][] {
  return Array.from({ length: Math.ceil(people.length / atOnce) }, (_, n) => people.slice(n * atOnce, (n + 1) * atOnce));
}

async function enqueue(tx: InstallStores, network: NetworkId, tries: readonly QueuedInstall[], runAt: Instant | null): Promise<void> {
  const payloads = tries.map(({ person, turn }) => ({ network, person, turn }));
  await tx.jobs.add(installApp, payloads, runAt === null ? {} : { runAt });
}
