import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FieldError, FileAnswer, LongFileAnswer } from "../../kernel/http.ts";
import { compress } from "./compression.ts";
import { contextOf } from "./request-context.ts";

export type Answer =
  | { readonly kind: "ok"; readonly status: number; readonly body: unknown }
  | (FileAnswer & { readonly status: 200 })
  | {
      readonly kind: "problem";
      readonly status: number;
      readonly detail: string;
      readonly errors?: readonly FieldError[];
      /** Further members of the problem (RFC 9457, section 3.2). */
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    };

type FileToSend = Extract<Answer, { kind: "file" }>;
type ProblemToSend = Extract<Answer, { kind: "problem" }>;

/** A problem with its status and its sentence, and headers that belong to it. */
export const problem = (status: number, detail: string, headers: Readonly<Record<string, string>> = {}): ProblemToSend => ({
  kind: "problem",
  status,
  detail,
  headers,
});

/** What people are told when something broke: the request's id leads to the log, and nothing else is shown. */
export const somethingBroke = (status: 500 | 503 = 500): ProblemToSend =>
  status === 503
    ? problem(503, "Steady can't do this right now. Try again in a minute.", { "retry-after": "30" })
    : problem(500, "Something went wrong on our side. Try again, and quote the instance if it keeps happening.");

// RFC 9457: with "about:blank" the title is the status' own name.
function titleOf(status: number): string {
  const title = STATUS_CODES[status] ?? "Error";
  return title.charAt(0) + title.slice(1).toLowerCase();
}

/**
 * The name of a file as a header takes it (RFC 6266): letters, digits, dots and hyphens, so that no name can end the
 * quotes, lead out of a folder or begin a hidden file.
 */
export function safeFileName(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9.-]+/g, "-").replace(/\.{2,}/g, ".");
  const trimmed = plain.slice(-100).replace(/^[.-]+|[.-]+$/g, "");
  return trimmed === "" ? "file" : trimmed;
}

/** The answer as headers and text. A problem's `instance` is the request's id. */
export function render(
  request: IncomingMessage,
  answer: Exclude<Answer, FileToSend>,
): { headers: Record<string, string>; content: string } {
  if (answer.kind === "ok") {
    return { headers: { "content-type": "application/json; charset=utf-8" }, content: JSON.stringify(answer.body) };
  }
  const body = {
    type: "about:blank",
    title: titleOf(answer.status),
    status: answer.status,
    detail: answer.detail,
    ...(answer.errors === undefined ? {} : { errors: answer.errors }),
    ...answer.extensions,
    instance: contextOf(request).id,
  };
  return { headers: { "content-type": "application/problem+json", ...answer.headers }, content: JSON.stringify(body) };
}

function fileHeaders({ type, fileName }: Pick<FileAnswer, "type" | "fileName">): Record<string, string> {
  return { "content-type": type, "content-disposition": `attachment; filename="${safeFileName(fileName)}"` };
}

/** Sends a file as it is made, no faster than the caller takes it. Throws when it breaks half way; the connection is cut off then. */
export async function sendPieces(response: ServerResponse, file: LongFileAnswer): Promise<void> {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(fileHeaders(file))) response.setHeader(name, value);
  await pipeline(Readable.from(file.pieces), response);
}

function toSend(request: IncomingMessage, answer: Answer): { headers: Record<string, string>; content: string | Uint8Array } {
  if (answer.kind === "file") return { headers: fileHeaders(answer), content: answer.bytes };
  const { headers, content } = render(request, answer);
  if (answer.kind === "problem") return { headers, content };
  const compressed = compress(request, content);
  return { headers: { ...headers, ...compressed.headers }, content: compressed.content };
}

/** Sends the answer, unless the connection is gone or something was sent already. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { headers, content } = toSend(request, answer);
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("content-length", Buffer.byteLength(content));
  response.end(content);
}
