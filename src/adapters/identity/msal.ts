import { ConfidentialClientApplication, type INetworkModule } from "@azure/msal-node";
import { z } from "zod";

type Network = INetworkModule["sendPostRequestAsync"];

export interface SecretApplication {
  readonly clientId: string;
  readonly secret: string;
  /** The tenant's address at the sign-in service: https, which MSAL insists on. */
  readonly loginUrl: string;
  /** Time limit of one request to it in milliseconds; 5,000 when left out. */
  readonly timeoutMs?: number;
}

/** Microsoft's own sign-in service, of which MSAL knows what it may be. */
const microsoft = "login.microsoftonline.com";

/** MSAL's application that signs in by its secret. What it throws quotes the service: see `noTokenFor`. */
export function msalApplication({ clientId, secret, loginUrl, timeoutMs = 5_000 }: SecretApplication): ConfidentialClientApplication {
  const { host } = new URL(loginUrl);
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret: secret,
      authority: loginUrl,
      // Whether another service may be trusted would be asked of Microsoft's.
      knownAuthorities: host === microsoft ? [] : [host],
    },
    system: { networkClient: networkWithin(timeoutMs) },
  });
}

/** MSAL's own client waits for the answer to a POST for ever. */
function networkWithin(timeoutMs: number): INetworkModule {
  const send =
    (method: "GET" | "POST"): Network =>
    // The caller says what it expects, and checks it.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
    async <T>(url: string, { headers, body }: NonNullable<Parameters<Network>[1]> = {}) => {
      const response = await fetch(url, {
        method,
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      });
      const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
      return { ...answer, body: z.custom<T>().parse(await response.json()) };
    };
  return { sendGetRequestAsync: send("GET"), sendPostRequestAsync: send("POST") };
}
