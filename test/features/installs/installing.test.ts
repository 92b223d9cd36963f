import { describe, expect, it } from "@jest/globals";
import { appInstaller, type InstallingDeps } from "../../../src/features/installs/installing.ts";
import type { Settled } from "../../../src/features/installs/model.ts";
import type { Account, ClaimedInstall, Installer, InstallResult, InstallStores } from "../../../src/features/installs/ports.ts";
import { asId, type NetworkId, type PersonId } from "../../../src/kernel/ids.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import { ManualClock } from "../../fakes/manual-clock.ts";
import { silent } from "../../support/logger.ts";

const network = asId<NetworkId>("018f0000-0000-7000-8000-000000000001");
const person = asId<PersonId>("018f0000-0000-7000-8000-000000000002");
const claimed: ClaimedInstall = {
  person,
  ...{ name: "Ana", email: "ana@example.org", external: false, stopped: false, account: "acc", isElsewhere: false, chat: null, attempts: 1, turn: 1 },
};
const fault = (kind: any): InstallResult<never> => ({ ok: false, fault: { kind, detail: "403 Forbidden" } });
const account = (isGuest: boolean): InstallResult<Account> => ({ ok: true, value: { objectId: "acc", isGuest } });

/** How a try ends, given what Microsoft answers. */
async function ending(answers: Partial<Record<keyof Installer, InstallResult<any>>>, more: Partial<ClaimedInstall> = {}): Promise<Settled | "nothing"> {
  const ended: Settled[] = [];
  const clock = new ManualClock(Temporal.Instant.from("2026-11-24T09:30Z"));
  const never = () => Promise.reject(new Error("asked for nothing"));
  const answer = (how: keyof Installer) => (answers[how] === undefined ? never : () => Promise.resolve(answers[how]));
  const stores = {
    installs: {
      claim: async () => ({ ...claimed, ...more }),
      settle: async (_: unknown, settled: Settled) => ended.push(settled) > 0,
    },
    conversations: { of: async () => null },
  } as unknown as InstallStores;
  const deps: InstallingDeps = {
    ...{ clock, pause: clock, logger: silent, random: () => 0.5, homeTenant: "home", canMail: true },
    store: { transaction: (_, work) => work(stores), read: () => stores },
    rate: { reserve: async () => clock.now() },
    installer: { install: answer("install"), find: answer("find"), read: answer("read") } as Installer,
    recognise: async () => ({ network, person }),
  };
  await appInstaller(deps).run([{ network, person, turn: 0 }]);
  return ended[0] ?? "nothing";
}

describe("a try to install", () => {
  it("looks a known account up only when Teams refuses, to say what is the matter", async () => {
    expect(await ending({ install: { ok: true, value: "installed" } })).toEqual({ state: "installed" });
    expect(await ending({ install: fault("forbidden"), read: account(true) })).toEqual({ state: "cannot", obstacle: "guest" });
    expect(await ending({ install: fault("forbidden"), read: account(false) })).toMatchObject({ reason: expect.stringContaining("doesn't allow it") });
    expect(await ending({ install: fault("not-found"), read: account(false) })).toMatchObject({ reason: expect.stringContaining("catalogue doesn't have the app") });
    expect(await ending({ install: fault("not-found"), read: { ok: true, value: null } })).toMatchObject({ reason: expect.stringContaining("correct their object id") });
    expect(await ending({ install: fault("not-found"), read: fault("no-lookup") })).toMatchObject({ reason: expect.stringContaining("TEAMS_APP_ID") });
    expect(await ending({ install: fault("blocked") })).toMatchObject({ reason: expect.stringContaining("permission policy") });
  });

  it("finds an account that isn't known first, and stops there when it is a guest's or nobody's", async () => {
    const unknown = { account: null };
    expect(await ending({ find: account(false), install: { ok: true, value: "already" } }, unknown)).toEqual({ state: "installed" });
    expect(await ending({ find: account(true) }, unknown)).toEqual({ state: "cannot", obstacle: "guest" });
    expect(await ending({ find: { ok: true, value: null } }, unknown)).toEqual({ state: "cannot", obstacle: "no-account" });
    expect(await ending({ find: { ok: true, value: null } }, { ...unknown, external: true })).toEqual({ state: "cannot", obstacle: "other-organisation" });
    expect(await ending({ find: account(false), install: fault("not-found") }, unknown)).toMatchObject({ reason: expect.stringContaining("catalogue doesn't have the app") });
  });

  it("asks nothing when the end is known, or when it breaks us time and again", async () => {
    expect(await ending({}, { stopped: true })).toEqual({ state: "cannot", obstacle: "stopped" });
    expect(await ending({}, { account: null, isElsewhere: true })).toEqual({ state: "cannot", obstacle: "other-organisation" });
    expect(await ending({}, { chat: "open", stopped: true })).toEqual({ state: "installed" });
    expect(await ending({}, { attempts: 6 })).toMatchObject({ state: "failed", reason: expect.stringContaining("our side") });
  });
});
