import { z } from "zod";
import { graphResource } from "../entra/index.ts";
import { createTokenReader, type TokenIssuer } from "../entra/token-check.ts";
import { refusal, type Refusal } from "./refusals.ts";

const Claims = z.object({ tid: z.string(), roles: z.array(z.string()).default([]) });
const unauthenticated = (message: string) => refusal(401, "InvalidAuthenticationToken", message);

const faults = {
  missing: "Access token is empty.",
  expired: "Lifetime validation failed, the token is expired.",
  wrong: "Access token validation failure.",
} as const;

/** What Exchange lets the application do in some mailboxes, beside what Entra allows in all ("RBAC for Applications"). */
export interface MailboxGrant {
  /** As Entra calls it: "Calendars.ReadWrite" for Exchange's "Application Calendars.ReadWrite". */
  readonly role: string;
  /** Addresses, lower-cased. */
  readonly mailboxes: readonly string[];
}

/**
 * Checks the Authorization header of a request: signed by Entra for Graph, not expired by Entra's clock, of this tenant
 * (else 401), and with one of the application permissions that the request needs, if any: in the token, or granted by
 * Exchange for the mailbox (else 403). Null when all is well. A request that names no mailbox in its address may have
 * any that is granted.
 */
export function createTokenCheck(
  tenantId: string,
  entra: TokenIssuer,
  grants: readonly MailboxGrant[] = [],
): (header: string | undefined, roles: readonly string[], mailbox: string | null) => Promise<Refusal | null> {
  const readToken = createTokenReader(graphResource, entra);
  return async (header, roles, mailbox) => {
    const token = await readToken(header);
    if (!token.ok) return unauthenticated(faults[token.why]);
    const claims = Claims.safeParse(token.claims);
    if (claims.data?.tid !== tenantId) return unauthenticated("Access token validation failure. Invalid tenant.");
    const has = claims.data.roles;
    if (roles.length === 0 || roles.some((role) => has.includes(role))) return null;
    const granted = grants.filter(({ role }) => roles.includes(role));
    if (granted.some(({ mailboxes }) => mailbox === null || mailboxes.includes(mailbox))) return null;
    return refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
  };
}
