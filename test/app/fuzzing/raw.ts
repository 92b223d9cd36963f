import { connect } from "node:net";
import fc from "fast-check";
import { hostileText } from "./hostile.ts";

const head = (line: string, ...headers: readonly string[]) => [line, "host: 127.0.0.1", ...headers, "", ""].join("\r\n");
const paths = ["/", "/healthz", "/api/v1/me", "/api/messages", "/tab/", "/respond/api/card", "/api/graph/notifications"];

const lines = fc.oneof(
  fc.tuple(fc.constantFrom("GET", "POST", "PUT", "TRACE", "CONNECT", "OPTIONS", "M-SEARCH", "get", "G\u0000T", ""), fc.constantFrom(...paths, "*", "http://evil.example/", "//", "/%", "/%ff", "/..%2f..", "a"))
    .map(([method, path]) => `${method} ${path} HTTP/1.1`),
  fc.constantFrom("GET / HTTP/9.9", "GET /", "HTTP/1.1 200 OK", "PRI * HTTP/2.0", "GET / HTTP/1.0", `GET /${"a".repeat(20_000)} HTTP/1.1`),
);
const headers = fc.constantFrom(
  ...["content-length: 5", "content-length: -1", "content-length: 99999999999999999999", "content-length: 5\r\ncontent-length: 6", "transfer-encoding: chunked", "transfer-encoding: x, chunked"],
  ...["transfer-encoding: chunked\r\ncontent-length: 3", "expect: 100-continue", "connection: upgrade\r\nupgrade: websocket", "content-type: application/json", "content-encoding: gzip"],
  ...["authorization: Bearer ", `authorization: Bearer ${"a.".repeat(3_000)}`, `x: ${"y".repeat(20_000)}`, "host: other", "range: bytes=0-", "accept-encoding: gzip;q=x", "cookie: \u0001", "origin: null", "if-none-match: *"],
);
const bodies = fc.constantFrom("", "{}", "zz\r\n", "5\r\nhello\r\n0\r\n\r\n", "ffffffffff\r\n", "-1\r\n", "0\r\nx: y\r\n\r\n", "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n");

/** Bytes as they may come to a port: requests whose parts don't fit each other, several at once, and no requests at all. */
export const rawRequests: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(lines, fc.array(headers, { maxLength: 4 }), bodies).map(([line, some, body]) => Buffer.from(head(line, ...some) + body, "latin1")) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 500 }) },
  { weight: 1, arbitrary: hostileText.map((text) => Buffer.from(`GET /${text} HTTP/1.1\r\n${text}: ${text}\r\n\r\n`)) },
  { weight: 1, arbitrary: lines.map((line) => Buffer.from(head(line).repeat(100))) },
);

/** Milliseconds after which the sender ends its side, and how long it then waits for the end. */
const [speaks, listens] = [30, 3_000];

/** Sends bytes to a port; gives the statuses that came back, or "no end" when the connection stays open. */
export function answersTo(port: number, bytes: Uint8Array): Promise<readonly number[] | "no end"> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(bytes);
      setTimeout(() => socket.end(), speaks);
    });
    const late = setTimeout(() => {
      socket.destroy();
      resolve("no end");
    }, listens);
    socket.setEncoding("latin1").on("data", (text: string) => (heard += text));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(late);
      resolve([...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)));
    });
  });
}
