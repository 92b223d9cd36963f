import type { Keyring } from "../entra/keys.ts";
import type { ConnectorContext } from "./context.ts";
import type { Traffic } from "./traffic.ts";

/** An activity as Teams posts it to a bot. */
export interface BotBoundActivity {
  readonly type: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

/** The bot's answer: its HTTP status (0: it couldn't be reached, 504: it took too long) and its JSON, if any. */
export interface BotAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface BotDoor {
  /** Posts an activity to the bot, with a token of the Connector's own. Gives up waiting after `timeoutMs`. */
  post(activity: BotBoundActivity, person: string, timeoutMs: number): Promise<BotAnswer>;
  /** A token as it comes with activities, good for an hour. */
  token(): Promise<string>;
  /** Ends everything that is still under way. */
  close(): void;
}

/** The way from Teams to the bot's endpoint. */
export function createBotDoor(
  context: ConnectorContext,
  options: {
    readonly botEndpoint: () => string;
    readonly keyring: Keyring;
    readonly issuer: () => string;
    readonly tokenNow: () => number;
    readonly traffic: Traffic;
  },
): BotDoor {
  const { botEndpoint, keyring, issuer, tokenNow, traffic } = options;
  const closing = new AbortController();

  async function token(): Promise<string> {
    const issuedAt = Math.floor(tokenNow() / 1000);
    return keyring.sign({
      iss: issuer(),
      aud: context.appId,
      serviceurl: context.serviceUrl(),
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + 3600,
    });
  }

  async function exchange(activity: BotBoundActivity): Promise<BotAnswer> {
    const authorization = `Bearer ${await token()}`;
    try {
      const response = await fetch(botEndpoint(), {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", authorization },
        body: JSON.stringify(activity),
        signal: closing.signal,
      });
      const text = await response.text();
      return { status: response.status, body: parseJson(text) };
    } catch {
      return { status: 0, body: undefined };
    }
  }

  return {
    token,
    async post(activity, person, timeoutMs) {
      const at = context.now();
      const started = performance.now();
      // Teams stops waiting without telling the bot, which goes on working: so the request is not aborted.
      const { promise: late, resolve } = Promise.withResolvers<BotAnswer>();
      const timer = setTimeout(() => {
        resolve({ status: 504, body: undefined });
      }, timeoutMs);
      const answer = await Promise.race([exchange(activity), late]);
      clearTimeout(timer);
      traffic.toBot({
        at,
        method: "POST",
        path: new URL(botEndpoint()).pathname,
        person,
        kind: activity.name ?? activity.type,
        status: answer.status,
        ms: Math.round(performance.now() - started),
      });
      context.changed({ person, what: "traffic" });
      return answer;
    },
    close() {
      closing.abort();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
