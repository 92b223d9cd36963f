import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { FieldError, FileAnswer } from "../../kernel/http.ts";
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

/** A problem with its status and its sentence, and headers that belong to it. */
export const problem = (status: number, detail: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  kind: "problem",
  status,
  detail,
  headers,
});

/** What people are told when something broke: the request's id leads to the log, and nothing else is shown. */
export const somethingBroke = (status: 500 | 503 = 500): Answer =>
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

/** The answer as headers and text, or a file's bytes. A problem's `instance` is the request's id. */
export function render(
  request: IncomingMessage,
  answer: Answer,
): { headers: Record<string, string>; content: string | Uint8Array } {
  if (answer.kind === "file") {
    const disposition = `attachment; filename="${safeFileName(answer.fileName)}"`;
    return { headers: { "content-type": answer.type, "content-disposition": disposition }, content: answer.bytes };
  }
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

/** Sends the answer, unless the connection is gone or something was sent already. */
export function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { headers, content } = render(request, answer);
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader("content-length", Buffer.byteLength(content));
  response.end(content);
}
