import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type KeyVaultKeysOptions, keyVaultKeys } from "../../../src/adapters/keys/key-vault.ts";
import { Fault } from "../../../src/kernel/errors.ts";
import { asId, newId, type WaveId } from "../../../src/kernel/ids.ts";
import { type KeyVault, startKeyVault } from "../../support/key-vault.ts";

let vault: KeyVault;

beforeEach(async () => {
  vault = await startKeyVault();
});

afterEach(() => vault.close());

const keysOf = (of: KeyVault, more: Partial<KeyVaultKeysOptions> = {}) =>
  keyVaultKeys({ vaultUrl: of.url, credential: of.credential, agent: of.agent, retryDelayMs: 5, pollMs: 5, ...more });
const keys = (more: Partial<KeyVaultKeysOptions> = {}) => keysOf(vault, more);

const wave = newId<WaveId>();
const name = `pulse-${wave}`;
const key = '{"kty":"EC","d":"a private key"}';

async function faultOf(doing: Promise<unknown>): Promise<Fault> {
  const error = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Fault);
  return error as Fault;
}

describe("a wave's key in a Key Vault", () => {
  it("is read as it was kept, also by a process that starts later", async () => {
    await keys().keep(wave, key);
    expect(vault.values()).toEqual(new Map([[name, key]]));
    expect(await keys().read(wave)).toBe(key);
  });

  it("is never sent before the vault has proved who it is", async () => {
    await keys().keep(wave, key);
    expect(vault.requests()).toEqual([`PUT /secrets/${name}`, `PUT /secrets/${name}`]);
  });

  it("is gone for good once it is purged, however long its deletion takes", async () => {
    const slow = await startKeyVault({ slowness: 4 });
    try {
      await keysOf(slow).keep(wave, key);
      await keysOf(slow).purge(wave);
      expect([slow.values().size, slow.recoverable()]).toEqual([0, []]);
      expect(await keysOf(slow).read(wave)).toBeNull();
    } finally {
      await slow.close();
    }
  });

  it("may be purged again, and when there never was one", async () => {
    await keys().keep(wave, key);
    await keys().purge(wave);
    await keys().purge(wave);
    await keys().purge(newId<WaveId>());
  });

  it("is purged when a purge before broke off after the deletion, even if that is still under way", async () => {
    await keys().keep(wave, key);
    vault.startDeletion(name);
    await keys().purge(wave);
    expect([vault.values().size, vault.recoverable()]).toEqual([0, []]);
    await keys().keep(wave, key);
    vault.failNext("being-deleted", "being-deleted");
    await keys().purge(wave);
    expect([vault.values().size, vault.recoverable()]).toEqual([0, []]);
  });

  it("stays to be purged when that isn't allowed", async () => {
    await keys().keep(wave, key);
    vault.deny("DELETE deletedsecrets");
    expect((await faultOf(keys().purge(wave))).message).toContain("403 Forbidden ForbiddenByPolicy");
    expect(vault.recoverable()).toEqual([name]);
  });

  it("reads as none when there is none, or while it is disabled or deleted", async () => {
    expect(await keys().read(wave)).toBeNull();
    await keys().keep(wave, key);
    vault.deny("DELETE deletedsecrets");
    await faultOf(keys().purge(wave));
    expect(await keys().read(wave)).toBeNull();
    vault.recover(name);
    expect(await keys().read(wave)).toBe(key);
    vault.disable(name);
    expect(await keys().read(wave)).toBeNull();
  });

  it("isn't taken for gone when the vault doesn't say so", async () => {
    await keys().keep(wave, key);
    vault.failNext("no-such-page");
    expect(await faultOf(keys().read(wave))).toMatchObject({ code: "keys-unavailable", message: expect.stringContaining("404") });
    vault.deny("GET secrets");
    expect(await faultOf(keys().read(wave))).toMatchObject({ message: expect.stringContaining("403 Forbidden ForbiddenByPolicy") });
    const strangers = { getToken: () => Promise.reject(new Error("no managed identity")) };
    expect(await faultOf(keys({ credential: strangers }).read(wave))).toMatchObject({ code: "keys-unavailable" });
  });

  it("isn't given for a token that the vault doesn't take", async () => {
    const one = keys();
    await one.keep(wave, key);
    vault.expireTokens();
    expect(await faultOf(one.read(wave))).toMatchObject({ message: expect.stringContaining("401 Unauthorized") });
    expect(await keys().read(wave)).toBe(key);
  });
});

describe("a vault with purge protection", () => {
  it("is refused before a wave opens, and keeps nothing that can be read", async () => {
    const strict = await startKeyVault({ purgeProtection: true });
    try {
      const fault = await faultOf(keysOf(strict).keep(wave, key));
      expect(fault).toMatchObject({ code: "configuration", message: expect.stringContaining("purge protection") });
      expect(strict.values().size).toBe(0);
    } finally {
      await strict.close();
    }
  });

  it("is named when it was protected while a wave was open", async () => {
    await keys().keep(wave, key);
    vault.protect();
    const fault = await faultOf(keys().purge(wave));
    expect(fault).toMatchObject({ code: "configuration", message: expect.stringContaining("purge protection") });
    expect(await keys().read(wave)).toBeNull();
  });
});

describe("a vault that has trouble", () => {
  it("is asked again after a broken connection, a 503 and, as late as it says, a 429", async () => {
    vault.failNext("cut", "unavailable");
    await keys().keep(wave, key);
    vault.failNext("throttled");
    const startedAt = performance.now();
    expect(await keys().read(wave)).toBe(key);
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  it("is given up after so many tries, or so much time", async () => {
    vault.failNext("unavailable", "unavailable");
    expect((await faultOf(keys({ retries: 1 }).read(wave))).message).toContain("503 ServiceUnavailable");
    vault.failNext("hang");
    expect((await faultOf(keys({ requestTimeoutMs: 50 }).read(wave))).message).toContain("no answer in time");
    vault.failNext("throttled");
    expect((await faultOf(keys({ timeoutMs: 100 }).keep(wave, key))).message).toContain("no answer in time");
  });

  it("leaves neither the key nor a token in the fault", async () => {
    const one = keys({ retries: 0 });
    expect(await one.read(wave)).toBeNull();
    vault.failNext("unavailable");
    const fault = await faultOf(one.keep(wave, key));
    expect(Object.keys(fault).sort()).toEqual(["code", "name"]);
    expect(fault.cause).toBeUndefined();
    expect(fault.message).toMatch(/The Key Vault: 503 ServiceUnavailable\.$/);
  });
});

it("takes only addresses of a vault, and ids of waves", async () => {
  expect(() => keys({ vaultUrl: "http://steady.vault.azure.net" })).toThrow("must start with https://");
  expect(() => keys({ vaultUrl: "steady" })).toThrow("must start with https://");
  expect(await faultOf(keys().read(asId<WaveId>("../keys/other")))).toMatchObject({ code: "keys-unavailable" });
  expect(vault.requests()).toEqual([]);
});
