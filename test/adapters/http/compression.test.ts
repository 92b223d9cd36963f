import { describe, expect, it } from "@jest/globals";
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { compress } from "../../../src/adapters/http/compression.ts";

function asking(accepted?: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  if (accepted !== undefined) request.headers["accept-encoding"] = accepted;
  return request;
}

const long = JSON.stringify({ items: Array.from({ length: 200 }, (_, n) => ({ name: `Équipe ${n}` })) });

describe("an answer that is sent compressed", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["gzip;q=1.0, br;q=0", "gzip", gunzipSync],
    ["GZIP", "gzip", gunzipSync],
  ] as const)("holds the same text: %s", (accepted, encoding, decompress) => {
    const { headers, content } = compress(asking(accepted), long);
    expect(headers).toEqual({ vary: "accept-encoding", "content-encoding": encoding });
    expect(content.length).toBeLessThan(long.length / 4);
    expect(decompress(Buffer.from(content)).toString()).toBe(long);
  });

  it.each([[undefined], [""], ["identity"], ["gzip;q=0"], ["gzip; Q=0.00, br;q=0.0"], ["brotli, x-gzip-not"]])("stays as it is for callers that take none: %s", (accepted) => {
    expect(compress(asking(accepted), long)).toEqual({ headers: { vary: "accept-encoding" }, content: long });
  });

  it("stays as it is when it is short", () => {
    expect(compress(asking("br"), "{}")).toEqual({ headers: { vary: "accept-encoding" }, content: "{}" });
  });
});
