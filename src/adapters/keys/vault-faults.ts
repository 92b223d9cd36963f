import { z } from "zod";
import { Fault } from "../../kernel/errors.ts";

const Code = z.string().regex(/^\w{1,60}$/);
const Nothing = { error: undefined };

/** An error of the SDK after an answer, with Key Vault's codes: "Forbidden", and more exactly "SecretDisabled". */
const Refusal = z.object({
  statusCode: z.int(),
  code: Code.optional().catch(undefined),
  details: z
    .object({ error: z.object({ innerError: z.object({ code: Code }).optional() }).optional() })
    .catch(Nothing),
});

/** An error without an answer: its kind, and a code of the system, such as ENOTFOUND, if it has one. */
const Unanswered = z.object({ name: Code.optional().catch(undefined), code: Code.optional().catch(undefined) }).catch({});

/** True when the vault answered with this status, and with this code, if one is given. */
export function is(error: unknown, status: number, code?: string): boolean {
  const refusal = Refusal.safeParse(error).data;
  if (refusal?.statusCode !== status) return false;
  return code === undefined || codesOf(refusal).includes(code);
}

/**
 * A failed call as a Fault that says its status and codes only. The SDK's own error isn't kept: it holds the request,
 * and with that the key.
 */
export function vaultFault(error: unknown, isOutOfTime: boolean): Fault {
  if (error instanceof Fault) return error;
  return new Fault("keys-unavailable", `The Key Vault: ${isOutOfTime ? "no answer in time" : wordsFor(error)}.`);
}

function wordsFor(error: unknown): string {
  const refusal = Refusal.safeParse(error).data;
  if (refusal !== undefined) return [refusal.statusCode, ...codesOf(refusal)].join(" ");
  const { name, code } = Unanswered.parse(error);
  return name === "AbortError" ? "no answer in time" : (code ?? name ?? "failed");
}

function codesOf({ code, details }: z.infer<typeof Refusal>): string[] {
  return [code, details.error?.innerError?.code].flatMap((one) => (one === undefined ? [] : [one]));
}
