import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { folderKeys } from "../../src/adapters/keys/folder.ts";
import { keyVaultKeys } from "../../src/adapters/keys/key-vault.ts";
import { checkKeys, type KeyPlace } from "../../src/doctor/checks/keys.ts";
import { newId, type WaveId } from "../../src/kernel/ids.ts";
import { type KeyVault, startKeyVault } from "../support/key-vault.ts";

describe("keys in a folder", () => {
  let base: string;
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "steady-keys-"));
  });
  afterEach(() => rmSync(base, { recursive: true }));

  const place = (folder = join(base, "keys")): KeyPlace & { readonly folder: string } => ({ folder, open: () => folderKeys(folder) });

  it("are tried out, and nothing of it stays", async () => {
    const { folder, open } = place();
    const survey = newId<WaveId>();
    await open().keep(survey, "its key");
    expect(await checkKeys({ folder, open }, [survey])).toEqual({
      state: "ok",
      says: `Keys can be kept, read and purged in the folder ${folder}, and the open survey's is there.`,
      todo: null,
    });
    expect(readdirSync(folder)).toEqual([`${survey}.jwk`]);
  });

  it("are missed once a survey is open", async () => {
    const { folder, open } = place();
    const survey = newId<WaveId>();
    expect(await checkKeys({ folder, open }, [])).toMatchObject({ state: "warning", says: `The folder ${folder} isn't there.` });
    expect(await checkKeys({ folder, open }, [survey])).toMatchObject({ state: "failed" });
    expect(readdirSync(base)).toEqual([]);
    open();
    expect(await checkKeys({ folder, open }, [survey])).toMatchObject({ state: "failed", says: expect.stringContaining("The key of the survey that is open isn't in") });
  });

  it("are refused where other accounts may look", async () => {
    mkdirSync(join(base, "keys"));
    chmodSync(join(base, "keys"), 0o755);
    expect(await checkKeys(place(), [])).toMatchObject({ state: "failed", todo: expect.stringContaining("chmod 700") });
  });
});

describe("keys in a Key Vault", () => {
  let vault: KeyVault;
  beforeEach(async () => {
    vault = await startKeyVault();
  });
  afterEach(() => vault.close());

  const place = (): KeyPlace => ({
    folder: null,
    open: () => keyVaultKeys({ vaultUrl: vault.url, credential: vault.credential, agent: vault.agent, retryDelayMs: 5, pollMs: 5 }),
  });

  it("are tried out, and nothing of it stays, not even to be brought back", async () => {
    expect(await checkKeys(place(), [])).toMatchObject({ state: "ok", says: "Keys can be kept, read and purged in the Key Vault." });
    expect([vault.values().size, vault.recoverable()]).toEqual([0, []]);
  });

  it("are refused by a vault from which nothing can be purged", async () => {
    vault.protect();
    expect(await checkKeys(place(), [])).toMatchObject({ state: "failed", says: expect.stringContaining("purge protection"), todo: expect.stringContaining("leave purge protection off") });
  });

  it.each(["PUT secrets", "GET secrets", "DELETE secrets", "DELETE deletedsecrets"])("need the right to %s", async (action) => {
    vault.deny(action);
    expect(await checkKeys(place(), [])).toMatchObject({
      state: "failed",
      says: "The keys to pulse answers can't be used. The Key Vault: 403 Forbidden ForbiddenByPolicy.",
      todo: expect.stringContaining("get, set, delete and purge"),
    });
  });
});
