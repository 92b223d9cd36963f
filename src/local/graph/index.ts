import { createLog, type TrafficEntry } from "../connector/traffic.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import { startLoopbackServer } from "../entra/loopback.ts";
import { loopbackCertificate } from "./certificate.ts";
import { createFaults, type GraphFault } from "./faults.ts";
import { addressBook } from "./mailboxes.ts";
import { createMails, type ReceivedMail } from "./mails.ts";
import { createGraphHandler, type GraphChange } from "./server.ts";
import { createTokenCheck, type TokenIssuer } from "./tokens.ts";

export type { GraphFault } from "./faults.ts";
export type { ReceivedMail } from "./mails.ts";
export type { GraphChange } from "./server.ts";

export interface GraphOptions {
  /** Whose tokens callers must bring. */
  readonly entra: TokenIssuer;
  readonly tenantId: string;
  people(): Promise<readonly DirectoryPerson[]>;
  /** Addresses of mailboxes besides the people's, such as the one that sends the network's mails. */
  readonly mailboxes: readonly string[];
  /** A free one when left out or 0. */
  readonly port?: number;
  /** Keeps mails over restarts. */
  readonly stateFile?: string;
  /** Milliseconds since 1970, for times in mails; the machine's clock when left out. Tokens go by Entra's clock. */
  readonly now?: () => number;
}

export interface GraphStandIn {
  /** What live mode would have as https://graph.microsoft.com. */
  readonly url: string;
  /** The PEM of the certificate with which it serves; see trust.ts. */
  readonly certificate: string;
  /** Everything that was taken, oldest first, with what will bounce. */
  mails(): readonly ReceivedMail[];
  /** What came for an address, in whatever case it is written, oldest first. Without what bounced. */
  inboxOf(address: string): readonly ReceivedMail[];
  /** Lets the next request, or the next few, fail. */
  failNext(fault: GraphFault, times?: number): void;
  /** Calls the listener after each change; answers how to stop it. */
  onChange(listener: (change: GraphChange) => void): () => void;
  /** The last 500 requests, oldest first, in the shape of the Connector's log; of kind "mail" or "other". */
  log(): readonly TrafficEntry[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in of Graph on loopback, over TLS because the SDK sends no token otherwise. So far it sends mails
 * (sendMail, as JSON and as MIME) and refuses what Graph and Exchange refuse: bad tokens, missing permission, senders
 * without a mailbox, mails without recipients, more than four requests at once. Throws a Fault "configuration" when the
 * port is taken.
 */
export async function startGraph(options: GraphOptions): Promise<GraphStandIn> {
  const { entra, tenantId, mailboxes, port, stateFile } = options;
  const mails = createMails(stateFile);
  const faults = createFaults();
  const traffic = createLog();
  const listeners = new Set<(change: GraphChange) => void>();
  const handle = createGraphHandler({
    checkToken: createTokenCheck(tenantId, entra),
    addressBook: async () => addressBook(await options.people(), tenantId, mailboxes),
    nextFault: faults.next,
    mails,
    traffic,
    changed: (change) => {
      listeners.forEach((listener) => {
        listener(change);
      });
    },
    now: options.now ?? (() => Date.now()),
  });
  const { key, cert } = await loopbackCertificate();
  const server = await startLoopbackServer(handle, port, { key, cert });
  return {
    url: server.url,
    certificate: cert,
    mails: mails.all,
    inboxOf: mails.inboxOf,
    failNext: faults.failNext,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    log: traffic.log,
    close: server.close,
  };
}
