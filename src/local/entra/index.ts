import type { JSONWebKeySet } from "jose";
import { Fault } from "../../kernel/errors.ts";
import { createKeyring } from "./keys.ts";
import { type Certificate, startLoopbackServer, type LoopbackAnswer, type LoopbackRequest } from "./loopback.ts";
import { refuse } from "./refusals.ts";
import { answerTokenRequest, type AppRegistration } from "./token-endpoint.ts";

export { botConnectorResource, graphResource, type AppRegistration } from "./token-endpoint.ts";

/** Someone whom Microsoft's directory knows. */
export interface DirectoryPerson {
  readonly objectId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly email: string;
  /** Belongs to another tenant, so that the app can't be installed for them. */
  readonly external: boolean;
}

export interface EntraOptions {
  readonly tenantId: string;
  people(): Promise<readonly DirectoryPerson[]>;
  readonly apps?: readonly AppRegistration[];
  /** Milliseconds since 1970; the machine's clock when left out. */
  readonly clock?: { now(): number };
  /** A free one when left out. */
  readonly port?: number;
  /** Serves over TLS with this, for tests of live mode, whose libraries sign in nowhere else. */
  readonly tls?: Certificate;
}

export interface UserTokenOptions {
  /** Who the token is for: the tab's client id, or its "api://" address. */
  readonly audience: string;
  /** Claims to set otherwise, or to leave out by giving undefined: for tests of what the server refuses. */
  readonly overrides?: Readonly<Record<string, unknown>>;
}

export interface EntraStandIn {
  readonly url: string;
  /** What live mode would have as https://login.microsoftonline.com. */
  readonly authority: string;
  readonly tenantId: string;
  /** The issuer of the home tenant's tokens. */
  readonly issuer: string;
  now(): number;
  /** The public keys; the same object until they change. */
  jwks(): JSONWebKeySet;
  /** A token as teams-js would give it to the tab. Throws a Fault "not-found" when nobody has this object id. */
  issueUserToken(objectId: string, options: UserTokenOptions): Promise<string>;
  rotateKeys(options?: { readonly keepOld?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** The client id of Teams on the desktop and on phones, which asks for the tab's tokens. */
const teamsClient = "1fec8e78-bce4-4aaf-ab1b-5451cc387264";

/**
 * Starts a stand-in of Entra on loopback: OpenID metadata, signing keys, the token endpoint for client credentials,
 * and user tokens for the tab. Throws a Fault "configuration" when the port is taken.
 */
export async function startEntra(options: EntraOptions): Promise<EntraStandIn> {
  const { tenantId, people, apps = [], clock = { now: () => Date.now() } } = options;
  const keyring = await createKeyring();
  const issuerOf = (tenant: string) => `${server.url}/${tenant}/v2.0`;
  const isTenant = async (tenant: string) =>
    tenant === tenantId || (await people()).some((person) => person.tenantId === tenant);

  function metadata(tenant: string): object {
    return {
      issuer: issuerOf(tenant),
      authorization_endpoint: `${server.url}/${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${server.url}/${tenant}/oauth2/v2.0/token`,
      jwks_uri: `${server.url}/${tenant}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
      response_types_supported: ["code", "id_token", "token"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
    };
  }

  async function handle(request: LoopbackRequest): Promise<LoopbackAnswer> {
    const [, tenant = "", route = ""] = /^\/([^/]+)\/(.+)$/.exec(request.path) ?? [];
    switch (`${request.method} ${route}`) {
      case "GET v2.0/.well-known/openid-configuration":
        if (!(await isTenant(tenant))) return refuse("unknownTenant", clock.now());
        return { status: 200, body: metadata(tenant), headers: { date: new Date(clock.now()).toUTCString() } };
      case "GET discovery/v2.0/keys":
        return { status: 200, body: keyring.jwks() };
      case "POST oauth2/v2.0/token":
        if (tenant !== tenantId) return refuse("unknownTenant", clock.now());
        return answerTokenRequest(request, {
          apps,
          issuer: issuerOf(tenant),
          tenantId,
          now: clock.now(),
          sign: keyring.sign,
        });
      default:
        return { status: 404 };
    }
  }

  const server = await startLoopbackServer(handle, options.port, options.tls);
  return {
    url: server.url,
    authority: server.url,
    tenantId,
    issuer: issuerOf(tenantId),
    now: () => clock.now(),
    jwks: keyring.jwks,
    async issueUserToken(objectId, { audience, overrides = {} }) {
      const person = (await people()).find((candidate) => candidate.objectId === objectId);
      if (person === undefined) throw new Fault("not-found", "Nobody in the directory has this object id.");
      const issuedAt = Math.floor(clock.now() / 1000);
      return keyring.sign({
        aud: audience,
        iss: issuerOf(person.tenantId),
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + 3600,
        azp: teamsClient,
        name: person.name,
        oid: person.objectId,
        preferred_username: person.email,
        scp: "access_as_user",
        sub: person.objectId,
        tid: person.tenantId,
        ver: "2.0",
        ...overrides,
      });
    },
    rotateKeys: keyring.rotate,
    close: server.close,
  };
}
