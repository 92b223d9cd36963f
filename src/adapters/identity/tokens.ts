import { createRemoteJWKSet, customFetch, decodeJwt, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { Identity } from "../../features/roster/model.ts";
import type { Logger } from "../../kernel/logger.ts";
import { keyFetch, restMs } from "./key-fetch.ts";

/** Why a token was refused: for the log. Only "keys-unavailable" is our trouble, and not the caller's. */
export type TokenRefusal =
  | "malformed"
  | "keys-unavailable"
  | "unknown-key"
  | "signature"
  | "issuer"
  | "audience"
  | "tenant"
  | "expired"
  | "not-yet-valid"
  | "scope"
  | "client"
  | "claims";

export type TokenVerdict =
  | { readonly ok: true; readonly identity: Identity; readonly name: string | null }
  | { readonly ok: false; readonly reason: TokenRefusal };

export interface TokenVerifier {
  verify(token: string): Promise<TokenVerdict>;
}

export interface TokenVerifierOptions {
  /** Entra's address, such as https://login.microsoftonline.com. */
  readonly authority: string;
  /** The tab's client id and its "api://" address: a token must be for one of them. */
  readonly audience: readonly string[];
  readonly allowedTenants: readonly string[];
  /** Client ids of the programs that may ask for tokens on a person's behalf. */
  readonly clients: readonly string[];
  readonly logger: Logger;
  /** The machine's clock when left out. */
  readonly now?: () => Date;
  /** Milliseconds for which a key that nobody knows doesn't make us fetch the keys again: 30,000 when left out. */
  readonly keyCooldown?: number;
  /** Milliseconds before keys that couldn't be had are asked for again: 5,000 when left out. */
  readonly keyRest?: number;
}

/** The clients in which Teams runs a tab: desktop and phones, and the web. */
export const teamsClients = ["1fec8e78-bce4-4aaf-ab1b-5451cc387264", "5e3ce6c0-2b1f-4285-8d4b-75ee78787346"] as const;

const secondsOfTolerance = 60;
const hour = 3_600_000;

// Entra's ids are lower-case in its tokens; rosters have them in either case.
const id = z.guid().transform((text) => text.toLowerCase());
const Tenant = z.object({ tid: id });
const Claims = z.object({
  // Required here because the library checks the two times only when they are there.
  exp: z.number(),
  nbf: z.number(),
  aud: z.string(),
  azp: z.string(),
  scp: z.string(),
  ver: z.literal("2.0"),
  oid: id,
  tid: id,
  name: z.string().optional(),
});

/**
 * Checks the tokens that teams-js gives to the tab: signed by RS256 with a key of the person's own tenant, and every
 * claim that says for whom, by whom and until when. Times have a tolerance of 60 seconds. Never throws for a bad token.
 */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { audience, clients, logger, now = () => new Date(), keyCooldown = 30_000, keyRest = restMs } = options;
  const authority = options.authority.replace(/\/+$/, "");
  const tenants = new Set(options.allowedTenants.map((tenant) => tenant.toLowerCase()));
  const keysByTenant = new Map<string, JWTVerifyGetKey>();

  function keysOf(tenant: string): JWTVerifyGetKey {
    const known = keysByTenant.get(tenant);
    if (known !== undefined) return known;
    const published = createRemoteJWKSet(new URL(`${authority}/${tenant}/discovery/v2.0/keys`), {
      cooldownDuration: keyCooldown,
      cacheMaxAge: 12 * hour,
      timeoutDuration: 5_000,
      [customFetch]: keyFetch(keyRest),
    });
    const keys: JWTVerifyGetKey = (header, jws) =>
      published(header, jws).catch((cause: unknown) => {
        throw unknownKey.some((kind) => cause instanceof kind) ? cause : new KeysUnavailable({ cause });
      });
    keysByTenant.set(tenant, keys);
    return keys;
  }

  async function check(token: string): Promise<TokenVerdict> {
    // Read before the signature is checked, only to choose whose keys to check it with.
    const { tid } = Tenant.parse(decodeJwt(token));
    if (!tenants.has(tid)) return { ok: false, reason: "tenant" };
    const { payload } = await jwtVerify(token, keysOf(tid), {
      algorithms: ["RS256"],
      issuer: `${authority}/${tid}/v2.0`,
      audience: [...audience],
      clockTolerance: secondsOfTolerance,
      currentDate: now(),
      requiredClaims: ["exp", "nbf"],
    });
    const claims = Claims.parse(payload);
    if (!claims.scp.split(" ").includes("access_as_user")) return { ok: false, reason: "scope" };
    if (!clients.includes(claims.azp)) return { ok: false, reason: "client" };
    return { ok: true, identity: { objectId: claims.oid, tenantId: claims.tid }, name: claims.name ?? null };
  }

  return {
    async verify(token) {
      try {
        return await check(token);
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === "keys-unavailable") logger.error({ err: error }, "Nobody can be let in for now.");
        return { ok: false, reason };
      }
    },
  };
}

/** The tenant's keys couldn't be fetched, or weren't keys. */
class KeysUnavailable extends Error {
  constructor(options: { cause: unknown }) {
    super("The keys that sign tokens can't be read.", options);
    this.name = "KeysUnavailable";
  }
}

const unknownKey = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys];

function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof z.ZodError) return "claims";
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWTClaimValidationFailed) return refusalOfClaim(error.claim);
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (unknownKey.some((kind) => error instanceof kind)) return "unknown-key";
  return error instanceof KeysUnavailable ? "keys-unavailable" : "malformed";
}

function refusalOfClaim(claim: string): TokenRefusal {
  switch (claim) {
    case "iss":
      return "issuer";
    case "aud":
      return "audience";
    case "nbf":
      return "not-yet-valid";
    default:
      return "claims";
  }
}
