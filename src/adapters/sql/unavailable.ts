/**
 * PostgreSQL's codes for "not now" (its manual, appendix A): connections (08), resources such as disk, memory and
 * connections (53), an operator or a failover that ends everything (57P), a statement that took too long (57014).
 */
const notNow = /^(08|53|57P|57014$|25P03$)/;
/** Node's codes for a server that isn't there, or has gone. */
const notThere = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"]);
/** pg says these in words only, and PostgreSQL the last, which comes once when a migration has changed a table. */
const said = /Connection terminated|said nothing for too long|timeout exceeded when trying to connect|Client has encountered a connection error|cached plan must not change/;

/** True for an error after which the same may well work in a minute: the store couldn't be reached, or had no room. */
export function isStoreUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return notNow.test(code) || notThere.has(code) || said.test(error.message) || isStoreUnavailable(error.cause);
}
