import type { ConnectorClientOptions } from "botframework-connector";

type HttpClient = NonNullable<ConnectorClientOptions["httpClient"]>;

/** The service answered, and not with a success. */
export class ServiceRefusal extends Error {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;

  constructor(status: number, headers: Headers, body: string) {
    super(`The service answered ${status}.`);
    this.name = "ServiceRefusal";
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}

/** No answer came: the connection couldn't be made, broke, or took too long. Whether the request arrived is open. */
export class NoAnswer extends Error {
  readonly why: "timed-out" | "cut";

  constructor(why: "timed-out" | "cut", options: { cause: unknown }) {
    super(`No answer from the service: ${why}.`, options);
    this.name = "NoAnswer";
    this.why = why;
  }
}

/**
 * The HTTP client under botbuilder's Connector client: each request goes out once and ends after `timeoutMs`
 * milliseconds, its answer read whole. Throws ServiceRefusal for every status but 2xx, and NoAnswer.
 */
export function sendOnce(timeoutMs: number): HttpClient {
  return {
    async sendRequest(request) {
      const { status, headers, bodyAsText } = await exchange(request, timeoutMs);
      // The Connector's own client sends a request up to four times after 408, 429 and 5xx, which would post a card
      // twice. Its retry policy leaves errors alone that aren't its own, so failures leave here as ours.
      if (status < 200 || status > 299) throw new ServiceRefusal(status, headers, bodyAsText);
      const compatible = request.headers.clone();
      for (const name of compatible.headerNames()) compatible.remove(name);
      headers.forEach((value, name) => {
        compatible.set(name, value);
      });
      return { request, status, headers: compatible, bodyAsText };
    },
  };
}

async function exchange(
  request: Parameters<HttpClient["sendRequest"]>[0],
  timeoutMs: number,
): Promise<{ status: number; headers: Headers; bodyAsText: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      ...(typeof request.body === "string" ? { body: request.body } : {}),
      // A redirect would carry the bot's token to another address.
      redirect: "manual",
      signal,
    });
    return { status: response.status, headers: response.headers, bodyAsText: await response.text() };
  } catch (cause) {
    throw new NoAnswer(signal.aborted ? "timed-out" : "cut", { cause });
  }
}
