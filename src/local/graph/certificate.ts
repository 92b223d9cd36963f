import { randomUUID } from "node:crypto";
import { generate } from "selfsigned";
import type { Certificate } from "../entra/loopback.ts";

let made: Promise<Certificate> | undefined;

/** A self-signed certificate for 127.0.0.1 and localhost, valid for a year: one per process, made when first needed. */
export function loopbackCertificate(): Promise<Certificate> {
  made ??= make();
  return made;
}

async function make(): Promise<Certificate> {
  // A name of its own: among trusted certificates of one name, only the first is tried.
  const name = [{ name: "commonName", value: `stand-in ${randomUUID()}` }];
  const { private: key, cert } = await generate(name, {
    keyType: "ec",
    algorithm: "sha256",
    // A day early, for clocks that are put right after the start.
    notBeforeDate: new Date(Date.now() - 86_400_000),
    extensions: [
      // It vouches for itself only: whoever trusts it trusts no certificate made with its key.
      { name: "basicConstraints", cA: false, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 7, ip: "127.0.0.1" },
          { type: 2, value: "localhost" },
        ],
      },
    ],
  });
  return { key, cert };
}
