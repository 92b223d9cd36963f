import { z } from "zod";
import { SignInFault } from "../host/host.ts";

const Problem = z.object({
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  instance: z.string().optional(),
});

/** A request that the server refused, or that never got there: one sentence that says what to do. */
export class ApiFault extends Error {
  override readonly name = "ApiFault";
  readonly status: number | null;
  /** What is wrong with single fields. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];

  constructor(detail: string, status: number | null = null, errors: ApiFault["errors"] = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** Reads a refusal; what isn't in the API's own words gets ours. */
export async function faultOf(answer: Response): Promise<ApiFault> {
  const problem = Problem.safeParse(await answer.json().catch(() => null));
  if (!problem.success) return new ApiFault("Steady gave no clear answer. Try again in a minute.", answer.status);
  const { detail, errors, instance } = problem.data;
  const reference = answer.status >= 500 && instance !== undefined ? ` (${instance})` : "";
  return new ApiFault(`${detail}${reference}`, answer.status, errors);
}

/** What went wrong as a sentence for people, whatever it was. */
export function inWords(error: unknown): string {
  if (error instanceof ApiFault || error instanceof SignInFault) return error.message;
  if (error instanceof DOMException && error.name === "TimeoutError") return "Steady took too long to answer. Try again.";
  if (error instanceof TypeError) return "Steady can't be reached. Check your connection, then try again.";
  return "Something here doesn't fit what Steady answered. Reload the page; tell your IT team if it stays.";
}

/** What a refusal says is wrong with a field; null when nothing is. */
export function faultAt(error: unknown, field: string): string | null {
  if (!(error instanceof ApiFault)) return null;
  return error.errors.find(({ path }) => path === field)?.message ?? null;
}
