import { getCACertificates, setDefaultCACertificates } from "node:tls";

/**
 * Makes this process trust a certificate (PEM) in connections that it opens from now on, `fetch` included: for local
 * mode, whose stand-in of Graph has a certificate of its own.
 */
export function trust(pem: string): void {
  const trusted = getCACertificates("default");
  if (!trusted.includes(pem)) setDefaultCACertificates([...trusted, pem]);
}
