import { chmodSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { folderKeys } from "../../../src/adapters/keys/folder.ts";
import { asId, newId, type WaveId } from "../../../src/kernel/ids.ts";

let base: string;
let folder: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "steady-keys-"));
  folder = join(base, "a", "keys");
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const wave = newId<WaveId>();
const unavailable = { code: "keys-unavailable" };

describe("a wave's key in a folder", () => {
  it("is read as it was kept, also by a process that starts later", async () => {
    await folderKeys(folder).keep(wave, "a key");
    await folderKeys(folder).keep(newId<WaveId>(), "another");
    expect(await folderKeys(folder).read(wave)).toBe("a key");
    expect(await folderKeys(folder).read(newId<WaveId>())).toBeNull();
  });

  it("is a file for this account alone, in a folder for this account alone, whatever the process allows others", async () => {
    const before = process.umask(0);
    try {
      await folderKeys(folder).keep(wave, "a key");
    } finally {
      process.umask(before);
    }
    expect([statSync(folder).mode & 0o777, statSync(join(folder, `${wave}.jwk`)).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it("is there whole or not at all", async () => {
    const keys = folderKeys(folder);
    // What is left when the machine stops in the middle.
    writeFileSync(join(folder, `${wave}.jwk.new`), "half");
    expect(await keys.read(wave)).toBeNull();
    await keys.keep(wave, "a key");
    expect(readdirSync(folder)).toEqual([`${wave}.jwk`]);
    expect(await keys.read(wave)).toBe("a key");
  });

  it("is gone once it is purged, with what was left of a keeping that broke off, and the others stay", async () => {
    const keys = folderKeys(folder);
    const other = newId<WaveId>();
    await keys.keep(wave, "a key");
    await keys.keep(other, "another");
    writeFileSync(join(folder, `${wave}.jwk.new`), "half");
    await keys.purge(wave);
    expect(readdirSync(folder)).toEqual([`${other}.jwk`]);
    expect(await keys.read(wave)).toBeNull();
    await keys.purge(wave);
    expect(await keys.read(other)).toBe("another");
  });

  it("is overwritten before it goes", async () => {
    const keys = folderKeys(folder);
    await keys.keep(wave, "a key that nobody may read again");
    // Another name for the same bytes on the disk.
    const still = join(base, "still");
    linkSync(join(folder, `${wave}.jwk`), still);
    await keys.purge(wave);
    expect(readdirSync(folder)).toEqual([]);
    expect(readFileSync(still)).toHaveLength(32);
    expect(readFileSync(still, "latin1")).not.toContain("key");
  });

  it.each(["../outside", "", ".", "a/../../b", `${wave}/..`, `${wave}\0`, wave.toUpperCase(), `${wave}\n`])(
    "belongs to a wave, and to no other name (%j)",
    async (id) => {
      const keys = folderKeys(folder);
      await expect(keys.keep(asId<WaveId>(id), "x")).rejects.toMatchObject(unavailable);
      await expect(keys.read(asId<WaveId>(id))).rejects.toMatchObject(unavailable);
      await expect(keys.purge(asId<WaveId>(id))).rejects.toMatchObject(unavailable);
      expect([readdirSync(folder), readdirSync(base)]).toEqual([[], ["a"]]);
    },
  );

  it("isn't taken for gone when the folder is", async () => {
    const keys = folderKeys(folder);
    rmSync(folder, { recursive: true });
    await expect(keys.read(wave)).rejects.toMatchObject(unavailable);
    await expect(keys.keep(wave, "a key")).rejects.toMatchObject(unavailable);
    await expect(keys.purge(wave)).rejects.toMatchObject(unavailable);
  });

  it("isn't read when it can't be", async () => {
    const keys = folderKeys(folder);
    mkdirSync(join(folder, `${wave}.jwk`));
    await expect(keys.read(wave)).rejects.toMatchObject(unavailable);
  });
});

describe("the folder", () => {
  it("is refused when others may look into it, or when it is no folder", () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o750);
    expect(() => folderKeys(folder)).toThrow("Other accounts may look into the folder");
    chmodSync(folder, 0o700);
    expect(() => folderKeys(folder)).not.toThrow();
    writeFileSync(join(base, "file"), "");
    expect(() => folderKeys(join(base, "file"))).toThrow("can't be made or looked into");
    symlinkSync(join(base, "nowhere"), join(base, "link"));
    expect(() => folderKeys(join(base, "link"))).toThrow("can't be made or looked into");
  });
});
