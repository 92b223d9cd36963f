import type { NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import { tryTeamsAgain } from "../deliveries/outbox.ts";
import { installApp } from "./jobs.ts";
import { cannot, consequenceOf, failed, foregone, installed, maxAttempts, notFound, ourFault, type Settled } from "./model.ts";
import type { ClaimedInstall, InstallDeps, Installer, InstallFault, InstallJob, InstallResult } from "./ports.ts";

export type InstallingDeps = InstallDeps & { readonly installer: Installer };

/** What one try came to. */
type Outcome =
  | { readonly kind: "settled"; readonly settled: Settled; readonly wasThere?: true }
  | { readonly kind: "fault"; readonly fault: InstallFault };

/** The worker that gives people the app: finds whose account it is, asks Teams, and records what came of it. */
export function appInstaller(deps: InstallingDeps): JobHandler<InstallJob> {
  return {
    kind: installApp,
    async run(payloads) {
      for (const { network, ...install } of payloads) {
        const { store, clock, homeTenant } = deps;
        const claimed = await store.transaction(network, (tx) => tx.installs.claim(install, homeTenant, clock.now()));
        if (claimed !== null) await record(deps, network, claimed, await tryFor(deps, network, claimed));
      }
    },
  };
}

const settled = (how: Settled): Outcome => ({ kind: "settled", settled: how });
const faulty = (kind: Exclude<InstallFault["kind"], "again">, detail: string): Outcome => ({ kind: "fault", fault: { kind, detail } });

async function tryFor(deps: InstallingDeps, network: NetworkId, claimed: ClaimedInstall): Promise<Outcome> {
  const known = foregone(claimed);
  if (known !== null) return settled(known);
  // A try that never got as far as a fault, again and again, is one that breaks us.
  if (claimed.attempts > maxAttempts) return settled(failed(ourFault));
  return claimed.account === null ? findAndInstall(deps, network, claimed) : install(deps, claimed.account);
}

/** Finds the account of somebody whose roster row has none, and remembers it as a first contact with the bot would. */
async function findAndInstall(deps: InstallingDeps, network: NetworkId, claimed: ClaimedInstall): Promise<Outcome> {
  const { installer, homeTenant } = deps;
  const found = await inTurn(deps, () => installer.find(claimed.email));
  if (!found.ok) return { kind: "fault", fault: found.fault };
  if (found.value === null) return settled(notFound(claimed));
  const { objectId, isGuest } = found.value;
  if (isGuest) return settled(cannot("guest"));
  const owner = await deps.recognise({ objectId, tenantId: homeTenant }, claimed.email);
  if (owner?.network !== network || owner.person !== claimed.person) return faulty("ambiguous", "another person's account");
  const done = await inTurn(deps, () => installer.install(objectId));
  if (done.ok) return installedOr(done.value);
  // The account is there, so it is the app that isn't.
  const { kind, detail } = done.fault;
  return kind === "not-found" ? faulty("not-in-catalogue", detail) : { kind: "fault", fault: done.fault };
}

/** Installs for an account that the roster has; whether it is a guest's is looked up only when Teams refuses. */
async function install(deps: InstallingDeps, account: string): Promise<Outcome> {
  const { installer } = deps;
  const done = await inTurn(deps, () => installer.install(account));
  if (done.ok) return installedOr(done.value);
  const { kind, detail } = done.fault;
  if (kind !== "not-found" && kind !== "forbidden" && kind !== "refused") return { kind: "fault", fault: done.fault };
  const looked = await inTurn(deps, () => installer.read(account));
  // Without leave to look people up there is no more to say than what Teams said.
  if (!looked.ok) return { kind: "fault", fault: looked.fault.kind === "again" ? looked.fault : done.fault };
  if (looked.value === null) return faulty("no-such-account", detail);
  if (looked.value.isGuest) return settled(cannot("guest"));
  return kind === "not-found" ? faulty("not-in-catalogue", detail) : { kind: "fault", fault: done.fault };
}

const installedOr = (how: "installed" | "already"): Outcome => ({
  kind: "settled",
  settled: installed,
  ...(how === "already" ? { wasThere: true as const } : {}),
});

async function inTurn<T>(deps: InstallingDeps, ask: () => Promise<InstallResult<T>>): Promise<InstallResult<T>> {
  await deps.pause.until(await deps.rate.reserve());
  return ask();
}

async function record(deps: InstallingDeps, network: NetworkId, claimed: ClaimedInstall, outcome: Outcome): Promise<void> {
  const { person, attempts, turn, name } = claimed;
  const consequence =
    outcome.kind === "settled" ? outcome : consequenceOf(outcome.fault, attempts, deps.random(), name);
  if (outcome.kind === "fault") {
    const { kind, detail } = outcome.fault;
    deps.logger.warn({ network, person, attempts, fault: kind, detail }, "the app wasn't installed for somebody");
  }
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const mine = { person, turn };
    if (consequence.kind === "retry") {
      const until = now.add({ milliseconds: Math.ceil(consequence.afterSeconds * 1000) });
      const waits = await tx.installs.postpone(mine, until, consequence.reason, now);
      return waits ? tx.jobs.add(installApp, [{ network, ...mine }], { runAt: until }) : undefined;
    }
    await tx.installs.settle(mine, consequence.settled, now);
    // Where it was there already Teams doesn't tell the bot anything, so nothing else would bring what was missed.
    if (outcome.kind === "settled" && outcome.wasThere === true) await tryTeamsAgain(tx, network, person, now);
  });
}
