import { isIP } from "node:net";
import { checkServerIdentity, connect } from "node:tls";
import { codeOf } from "../asking.ts";
import { failed, fine, type Verdict, warning } from "../model.ts";

/** A server's certificate. Times in milliseconds since 1970. */
export interface CertificateFacts {
  readonly from: number;
  readonly to: number;
  readonly namesHost: boolean;
  /** Why this machine doesn't trust it, as a code; null when it does. */
  readonly mistrust: string | null;
}

const daysBefore = 21;
const dayMs = 86_400_000;

/** What to make of it. */
export function judgeCertificate(host: string, { from, to, namesHost, mistrust }: CertificateFacts, now: number): Verdict {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const whose = `The certificate of ${host}`;
  if (to <= now) return failed(`${whose} expired on ${day(to)}.`, "Renew it: Teams and browsers refuse it.");
  if (from > now) {
    return failed(
      `${whose} isn't valid before ${day(from)}.`,
      "Put this machine's clock right, or install the certificate that is valid now.",
    );
  }
  if (!namesHost) return failed(`${whose} is for another name.`, "Install one that names the host of PUBLIC_URL.");
  if (mistrust !== null) {
    return failed(
      `${whose} isn't trusted by this machine (${mistrust}).`,
      "Install the whole chain of a public authority; for one of your own, set NODE_EXTRA_CA_CERTS here. Teams trusts public ones only.",
    );
  }
  const left = Math.floor((to - now) / dayMs);
  const says = `${whose} is valid for ${left} more ${left === 1 ? "day" : "days"}, until ${day(to)}.`;
  return left < daysBefore ? warning(says, "Renew it, or see why it isn't renewed by itself.") : fine(says);
}

/** Looks at the certificate of an https address, whatever it is worth. */
export async function checkCertificate(publicUrl: string, now: number): Promise<Verdict> {
  const { hostname, protocol, port } = new URL(publicUrl);
  if (protocol !== "https:") return fine("Local mode speaks plain HTTP, on this machine alone, and needs none.");
  const host = hostname.replace(/[[\]]/g, "");
  try {
    return judgeCertificate(host, await certificateOf(host, port === "" ? 443 : Number(port)), now);
  } catch (error) {
    return failed(
      `No TLS connection to ${host} could be made (${codeOf(error)}).`,
      "See that PUBLIC_URL leads to a server that speaks TLS.",
    );
  }
}

function certificateOf(host: string, port: number): Promise<CertificateFacts> {
  return new Promise((resolve, reject) => {
    // Nothing is sent but the greeting, so that a bad certificate can be looked at.
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: 8_000, ...named }, () => {
      const found = socket.getPeerCertificate();
      const { authorized, authorizationError } = socket;
      socket.destroy();
      resolve({
        from: Date.parse(found.valid_from),
        to: Date.parse(found.valid_to),
        namesHost: checkServerIdentity(host, found) === undefined,
        mistrust: authorized ? null : mistrustIn(authorizationError),
      });
    });
    socket.once("error", reject);
    socket.once("timeout", () => socket.destroy(Object.assign(new Error("timed out"), { code: "ETIMEDOUT" })));
  });
}

function mistrustIn(error: unknown): string {
  return typeof error === "string" ? error : codeOf(error);
}
