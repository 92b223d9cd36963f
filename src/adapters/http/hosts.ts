import type { IncomingMessage } from "node:http";

/**
 * Decides about a host with its port, such as "localhost:3978", for the path that is asked for; `ownPort` is the one
 * that the server listens on.
 */
export type HostPolicy = (authority: string, ownPort: number, path: string) => boolean;

/** Lets through this machine's own names with the server's own port. */
export const loopbackOnly: HostPolicy = (authority, ownPort) => {
  const match = /^(?:localhost|127\.0\.0\.1|\[::1\])(?<port>:\d{1,5})?$/i.exec(authority);
  return match !== null && Number((match.groups?.["port"] ?? ":80").slice(1)) === ownPort;
};

/** What the platform asks to see how the server is: it calls it by a number, and is told nothing else. */
const probes = ["/healthz", "/readyz"];

/** Lets through the host of the public address, with its port or none where that is the usual one; and probes. */
export function publicHostOnly(publicUrl: string): HostPolicy {
  const { host, hostname, port } = new URL(publicUrl);
  const names = port === "" ? [host, `${hostname}:443`] : [host];
  return (authority, _ownPort, path) => probes.includes(path) || names.includes(authority.toLowerCase());
}

/**
 * True when the request names an allowed host, and comes from no web page or from one of an allowed host. A page of
 * another site that points its own name at this machine (DNS rebinding) still sends that name in both headers.
 */
export function comesFromAllowedHost(request: IncomingMessage, allowed: HostPolicy): boolean {
  const ownPort = request.socket.localPort ?? 0;
  const { host, origin } = request.headers;
  const [path = ""] = (request.url ?? "").split("?");
  if (host === undefined || !allowed(host, ownPort, path)) return false;
  return origin === undefined || (/^https?:\/\//.test(origin) && allowed(origin.replace(/^https?:\/\//, ""), ownPort, path));
}
