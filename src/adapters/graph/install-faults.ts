import type { InstallFault } from "../../features/installs/ports.ts";
import { temporaryStatuses } from "../service-call.ts";
import { failureOf } from "./faults.ts";

type Kind = Exclude<InstallFault["kind"], "again">;

/**
 * What Graph's words say where its code, "Forbidden", says nothing: as reported in public threads (microsoft-graph-docs
 * 16666, msteams-docs 6820, company-communicator 1537, office-docs-powershell 8399). Whatever else it says is "forbidden".
 */
const spoken: readonly (readonly [RegExp, Kind])[] = [
  [/permission policy/i, "blocked"],
  [/not allowed to manage the Teams App/i, "not-ours"],
  [/licen[cs]e/i, "no-licence"],
  [/missing (role|scope) permissions|insufficient privileges/i, "no-consent"],
];

/**
 * What a failed call to install the app means; null when the error isn't one of a call. A 409 says that the app is there.
 * @param now milliseconds since 1970, against which a Retry-After date is measured
 */
export function installFaultOf(error: unknown, now: number): InstallFault | { readonly kind: "already"; readonly detail: string } | null {
  return faultOf(error, now, (status, code, message) => {
    if (status === 409) return "already";
    if (status === 404) return "not-found";
    if (status !== 403) return "refused";
    return code === "Authorization_RequestDenied" ? "no-consent" : (spoken.find(([words]) => words.test(message))?.[1] ?? "forbidden");
  });
}

/** The same for a failed call that looks somebody up. */
export function lookupFaultOf(error: unknown, now: number): InstallFault | null {
  return faultOf(error, now, (status) => (status === 403 ? "no-lookup" : status === 404 ? "not-found" : "refused"));
}

function faultOf<K extends string>(
  error: unknown,
  now: number,
  kindOf: (status: number, code: string | null, message: string) => K,
): { readonly kind: K | "unclear" | "not-signed-in"; readonly detail: string } | Extract<InstallFault, { kind: "again" }> | null {
  const failure = failureOf(error, now);
  if (failure === null) return null;
  const { detail } = failure;
  if (failure.kind === "not-signed-in") return { kind: "not-signed-in", detail };
  if (failure.kind !== "refusal") return { kind: "again", afterSeconds: null, detail };
  const { status, code, afterSeconds, message } = failure;
  if (temporaryStatuses.has(status)) return { kind: "again", afterSeconds, detail };
  if (status === 401) return { kind: "not-signed-in", detail };
  return { kind: status >= 500 ? "unclear" : kindOf(status, code, message), detail };
}
