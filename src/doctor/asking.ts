import { z } from "zod";

/** What an HTTP server answered, or why it didn't. */
export type Asked =
  | { readonly answered: true; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly answered: false; readonly why: string };

const Code = z.object({ code: z.string().regex(/^\w{1,60}$/) });

/**
 * Asks once, follows no redirect, and reads the answer (as JSON where it is any), all within `timeoutMs`; 8,000 when left
 * out. Never throws.
 */
export async function ask(url: string, init: RequestInit = {}, timeoutMs = 8_000): Promise<Asked> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    const text = await response.text();
    return { answered: true, status: response.status, headers: response.headers, body: parsed(text) };
  } catch (error) {
    return { answered: false, why: signal.aborted ? "no answer in time" : codeOf(error) };
  }
}

/** The system's code for what went wrong, such as ECONNREFUSED or CERT_HAS_EXPIRED. */
export function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return Code.safeParse(error).data?.code ?? Code.safeParse(cause).data?.code ?? "the connection broke";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
