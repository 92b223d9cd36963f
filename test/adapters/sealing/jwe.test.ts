import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { decodeProtectedHeader } from "jose";
import { jweSealing } from "../../../src/adapters/sealing/jwe.ts";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import type { Response } from "../../../src/features/pulse/model.ts";

const sealing = jweSealing();
const { publicKey, privateKey } = await sealing.newKeys();

const [first = "", ...others] = defaultInstrument.items.map(({ id }) => id);
const blank: Response = { group: null, choices: {} };
const full: Response = {
  group: "North areas",
  choices: Object.fromEntries([first, ...others].map((id, place) => [id, place % 5])),
};

const anyResponse = fc.record({
  group: fc.option(fc.string({ unit: "grapheme", maxLength: 60 })),
  choices: fc.dictionary(fc.constantFrom(first, ...others), fc.nat(4)).map((choices) => ({ ...choices })),
});

describe("sealing", () => {
  it("gives back what was said, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyResponse, async (response) => {
        expect(await sealing.open(privateKey, await sealing.seal(publicKey, response))).toEqual(response);
      }),
      { numRuns: 60 },
    );
  });

  it("makes every answer equally long, whatever its group is called and however much of it is blank", async () => {
    const { length } = await sealing.seal(publicKey, blank);
    await fc.assert(
      fc.asyncProperty(anyResponse, async (response) => {
        expect(await sealing.seal(publicKey, response)).toHaveLength(length);
      }),
      { numRuns: 60 },
    );
    const other = await sealing.newKeys();
    expect(await sealing.seal(other.publicKey, full)).toHaveLength(length);
    const longest = Object.fromEntries(Array.from({ length: 20 }, (_, item) => [`a${"-".repeat(28)}${item + 10}`, 6]));
    expect(await sealing.seal(publicKey, { group: "é".repeat(220), choices: longest })).toHaveLength(length);
    // With the ids beside it, PostgreSQL keeps it in the row itself.
    expect(length).toBeLessThan(1_900);
  });

  it("makes equal answers look different, in all of the text but what says how", async () => {
    const [one, two] = await Promise.all([sealing.seal(publicKey, full), sealing.seal(publicKey, full)]);
    expect(one.split(".")[3]).not.toBe(two.split(".")[3]);
    expect(decodeProtectedHeader(one)).toEqual({
      alg: "ECDH-ES",
      enc: "A256GCM",
      epk: { kty: "EC", crv: "P-256", x: expect.any(String), y: expect.any(String) },
    });
    expect(decodeProtectedHeader(one)["epk"]).not.toEqual(decodeProtectedHeader(two)["epk"]);
  });

  it("keeps nothing of a response but its group and its choices", async () => {
    const sealed = await sealing.seal(publicKey, { ...full, person: "Ana", at: "09:31" } as Response);
    expect(await sealing.open(privateKey, sealed)).toEqual(full);
  });

  it("makes new keys each time, and leaves the private part out of the public one", async () => {
    expect(Object.keys(JSON.parse(publicKey)).sort()).toEqual(["crv", "kty", "x", "y"]);
    expect((await sealing.newKeys()).publicKey).not.toBe(publicKey);
    await expect(sealing.open(publicKey, await sealing.seal(publicKey, full))).rejects.toMatchObject({ code: "sealed-answer" });
  });
});

describe("what can't be opened", () => {
  const refused = { code: "sealed-answer" };

  it("was sealed for another wave, or changed anywhere", async () => {
    const sealed = await sealing.seal(publicKey, full);
    const other = await sealing.newKeys();
    await expect(sealing.open(other.privateKey, sealed)).rejects.toMatchObject(refused);
    const parts = sealed.split(".");
    for (const [place, part] of parts.entries()) {
      const changed = parts.with(place, part.startsWith("A") ? `B${part.slice(1)}` : `A${part.slice(1)}`).join(".");
      await expect(sealing.open(privateKey, changed)).rejects.toMatchObject(refused);
    }
    await expect(sealing.open(privateKey, "")).rejects.toMatchObject(refused);
  });

  it("is refused when it is sealed, not when it is opened", async () => {
    const bad: unknown[] = [null, {}, { group: null }, { group: 1, choices: {} }, { group: null, choices: { a: 1.5 } }, { group: null, choices: { a: 9 } }];
    for (const response of bad) await expect(sealing.seal(publicKey, response as Response)).rejects.toMatchObject(refused);
    await expect(sealing.seal(publicKey, { ...full, group: "x".repeat(1_300) })).rejects.toMatchObject(refused);
  });

  it("has a key that isn't one", async () => {
    const rsa = JSON.stringify({ kty: "RSA", n: "AQAB", e: "AQAB" });
    const offCurve = JSON.stringify({ ...JSON.parse(publicKey), x: "A".repeat(43) });
    for (const key of ["", "{}", rsa, offCurve]) {
      await expect(sealing.seal(key, full)).rejects.toMatchObject(refused);
      await expect(sealing.open(key, "a.b.c.d.e")).rejects.toMatchObject(refused);
    }
  });
});
