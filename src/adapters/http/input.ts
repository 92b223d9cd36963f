import type { IncomingMessage } from "node:http";
import type { Route } from "../../kernel/http.ts";
import { problem, type Answer } from "./answers.ts";
import { parseInWords, summaryOf } from "./plain-words.ts";

type Input<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

const refuse = (status: number, detail: string, headers?: Readonly<Record<string, string>>): Input<never> => ({
  ok: false,
  answer: problem(status, detail, headers),
});

/** Bytes that a body may have, by its type. */
const limits = { "application/json": 256 * 1024, "text/csv": 6 * 1024 * 1024 } as const;

// Reading on and throwing away lets the caller finish sending and read the answer; above this the connection is cut.
const patience = 64 * 1024 * 1024;

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer | "too-large"> {
  if (Number(request.headers["content-length"] ?? 0) > patience) return "too-large";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = bytesOf(chunk);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
    if (size > patience) break;
  }
  return size <= limit ? Buffer.concat(chunks) : "too-large";
}

function sizeInWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MB` : `${bytes / 1024} KB`;
}

/**
 * The query as its route's schema wants it. What is handed on is the raw text by name, as the route parses it once
 * more for its handler and a schema may change what it reads.
 */
export function readQuery(route: Route, search: URLSearchParams): Input<Readonly<Record<string, string>>> {
  const query = Object.fromEntries(search);
  if (route.query === undefined) return { ok: true, value: {} };
  const repeated = [...search.keys()].find((name, place, names) => names.indexOf(name) !== place);
  if (repeated !== undefined)
    return refuseFields(400, [{ path: repeated, message: "is given more than once" }], "The query");
  const parsed = parseInWords(route.query, query);
  return parsed.ok ? { ok: true, value: query } : refuseFields(400, parsed.errors, "The query");
}

function refuseFields(
  status: 400 | 422,
  errors: readonly { path: string; message: string }[],
  whole: string,
): Input<never> {
  return { ok: false, answer: { kind: "problem", status, detail: summaryOf(errors, whole), errors } };
}

/** The body as its route wants it: checked JSON, or the bytes of a CSV file. A route without a body ignores one. */
export async function readBody(route: Pick<Route, "body">, request: IncomingMessage): Promise<Input<unknown>> {
  if (route.body === undefined) return { ok: true, value: undefined };
  const { type } = route.body;
  const limit = limits[type];
  const hasBody =
    request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
  if (hasBody) {
    const [given = "", ...parameters] = (request.headers["content-type"] ?? "").toLowerCase().split(";");
    const charset = /charset="?([^";\s]+)/.exec(parameters.join(";"))?.[1];
    const isReadable = type === "text/csv" || charset === undefined || charset === "utf-8";
    if (given.trim() !== type || !isReadable || request.headers["content-encoding"] !== undefined) {
      return refuse(415, `Send this as ${type}${type === "application/json" ? " in UTF-8" : ""}, not compressed.`);
    }
  }
  const bytes = await readBytes(request, limit);
  if (bytes === "too-large") {
    return refuse(413, `This is larger than ${sizeInWords(limit)}, the most that can be sent here.`, {
      connection: "close",
    });
  }
  return route.body.type === "text/csv" ? { ok: true, value: bytes } : parseJson(route.body.schema, bytes);
}

function parseJson(schema: Parameters<typeof parseInWords>[0], bytes: Buffer): Input<unknown> {
  let body: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    body = text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return refuse(400, "The body isn't JSON that can be read. Check for a missing quote, comma or bracket.");
  }
  const parsed = parseInWords(schema, body);
  return parsed.ok ? { ok: true, value: body } : refuseFields(422, parsed.errors, "The body");
}

/** A piece of a request's body: the stream gives buffers, though its type says anything. */
function bytesOf(chunk: unknown): Buffer {
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk));
}
