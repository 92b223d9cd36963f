import type { IncomingMessage } from "node:http";

/** Larger than any activity with a card's answers; Teams' own limit for what a bot sends is 100 KB. */
export const maxBodyBytes = 256 * 1024;

export type Body =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

const tooLarge: Body = { ok: false, status: 413, message: "The body is larger than 256 KB." };

/** Reads a JSON body as text, up to 256 KB; the request must not have been read before. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = request.headers;
  if (!/^application\/json *(;|$)/i.test(type) || encoding.toLowerCase() !== "identity") {
    return { ok: false, status: 415, message: "The body must be application/json, not compressed." };
  }
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const bytes = bytesOf(chunk);
      size += bytes.length;
      if (size > maxBodyBytes) return tooLarge;
      chunks.push(bytes);
    }
    return { ok: true, text: new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)) };
  } catch {
    return { ok: false, status: 400, message: "The body couldn't be read as UTF-8 text." };
  }
}

/** A piece of a request's body: the stream gives buffers, though its type says anything. */
function bytesOf(chunk: unknown): Buffer {
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk));
}
