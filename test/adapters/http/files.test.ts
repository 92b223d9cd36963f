import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { safeFileName } from "../../../src/adapters/http/answers.ts";
import { describeApi } from "../../../src/adapters/http/openapi.ts";
import { allow } from "../../../src/kernel/actor.ts";
import { route } from "../../../src/kernel/http.ts";

describe("a file that is sent", () => {
  it("keeps a plain name as it is", () => {
    expect(safeFileName("evidence-2026-05-19.xlsx")).toBe("evidence-2026-05-19.xlsx");
  });

  it("has a name that can't end its quotes, lead out of a folder, begin a hidden file or be empty", () => {
    expect(safeFileName("../../etc/passwd")).toBe("etc-passwd");
    expect(safeFileName('a"\r\nset-cookie: b')).toBe("a-set-cookie-b");
    expect([safeFileName(".htaccess"), safeFileName("é.csv"), safeFileName("…")]).toEqual(["htaccess", "e.csv", "file"]);
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 150 }), (name) => {
      expect(safeFileName(name)).toMatch(/^(?!.*\.\.)[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?$/);
    }));
  });

  it("is described by its media type", () => {
    const sends = route({
      ...{ method: "GET", path: "toys.csv", summary: "Toys as a file", allowed: "everyone", response: { file: "text/csv" } },
      allow: allow.everyone,
      handle: async () => ({ kind: "file", type: "text/csv", fileName: "toys.csv", bytes: new Uint8Array() }),
    });
    expect(describeApi([sends])).toMatchObject({
      paths: { "/toys.csv": { get: { responses: { "2XX": { content: { "text/csv": { schema: { type: "string", format: "binary" } } } } } } } },
    });
  });
});
