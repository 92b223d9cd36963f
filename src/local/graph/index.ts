import { createLog, type TrafficEntry } from "../connector/traffic.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import { startLoopbackServer } from "../entra/loopback.ts";
import type { TokenIssuer } from "../entra/token-check.ts";
import { appRoutes, type TeamsApps } from "./app-routes.ts";
import { createCalendarStore } from "./calendar-store.ts";
import { calendarRoutes, subscriptionRoutes } from "./calendar-routes.ts";
import { createWork, type GraphChange } from "./work.ts";
import { loopbackCertificate } from "./certificate.ts";
import { eventRoutes } from "./event-routes.ts";
import { directoryRoutes } from "./directory-routes.ts";
import { createFaults, type GraphFault, type RequestMatch } from "./faults.ts";
import { openJournal } from "./journal.ts";
import { addressBook } from "./mailboxes.ts";
import { createMails, type MailKind, type ReceivedMail } from "./mails.ts";
import { createNotifier, type NotificationControls } from "./notifications.ts";
import { answerInOutlook, ownCalendar, type OwnEvent } from "./own-calendar.ts";
import { loopbackSender } from "./post.ts";
import type { Answering } from "./responses.ts";
import { sendMailRoute } from "./send-mail.ts";
import { createGraphHandler } from "./server.ts";
import { createSubscriptions } from "./subscriptions.ts";
import { createTokenCheck, type MailboxGrant } from "./tokens.ts";

export type { GraphFault, RequestMatch } from "./faults.ts";
export type { MailKind, ReceivedMail } from "./mails.ts";
export type { NotificationControls } from "./notifications.ts";
export type { OwnEvent } from "./own-calendar.ts";
export type { Answering } from "./responses.ts";
export type { MailboxGrant } from "./tokens.ts";
export type { GraphChange } from "./work.ts";

export interface GraphOptions {
  /** Whose tokens callers must bring. */
  readonly entra: TokenIssuer;
  readonly tenantId: string;
  people(): Promise<readonly DirectoryPerson[]>;
  /** Addresses of mailboxes besides the people's, such as the one that sends the network's mails. */
  readonly mailboxes: readonly string[];
  /** What Exchange grants for single mailboxes; nothing when left out. */
  readonly grants?: readonly MailboxGrant[];
  /** Teams' apps and who has them; left out, the catalogue is empty. */
  readonly teams?: TeamsApps;
  /** A free one when left out or 0. */
  readonly port?: number;
  /** Keeps mails, calendars and subscriptions over restarts. */
  readonly stateFile?: string;
  /** Milliseconds since 1970, for mails and events; the machine's clock when left out. Tokens go by Entra's clock. */
  readonly now?: () => number;
  /** How long an answer takes to reach the organiser, in milliseconds; 1,500 when left out. */
  readonly responseDelayMs?: number;
  /** The status of a transaction id's second use; both in turn when left out, as both were seen. */
  readonly duplicateStatus?: 400 | 409;
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
  /** What was sent to an address, oldest first: of one kind or of all, with what bounced. */
  mailsTo(address: string, kind?: MailKind): readonly ReceivedMail[];
  /** What somebody sees in their calendar, in whatever tenant, by start. */
  calendarOf(address: string): readonly OwnEvent[];
  /** Answers an invitation as Outlook does; false when there is nothing to answer. */
  respond(address: string, iCalUId: string, how: Answering): Promise<boolean>;
  /** Lets every answer that is under way reach its organiser now. */
  settleResponses(): Promise<void>;
  /** Waits until the bot has been told of every app that was installed. */
  settleInstalls(): Promise<void>;
  /** Times (milliseconds since 1970) when somebody is busy besides what their calendar has; replaces earlier ones. */
  setBusy(address: string, spans: readonly { readonly start: number; readonly end: number }[]): void;
  /** Makes every delta link that was given out too old. */
  expireDeltas(): void;
  readonly notifications: NotificationControls;
  /** Lets the next request, or the next few, fail. */
  failNext(fault: GraphFault, times?: number): void;
  /** Lets the next request that fits, or the next few, fail. */
  failOn(match: RequestMatch, fault: GraphFault, times?: number): () => void;
  /** Calls the listener after each change; answers how to stop it. */
  onChange(listener: (change: GraphChange) => void): () => void;
  /** The last 500 requests, oldest first, in the shape of the Connector's log. */
  log(): readonly TrafficEntry[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in of Graph on loopback, over TLS because the SDK sends no token otherwise: mails (sendMail), events
 * with everybody's copies and answers, lists and delta, free/busy, batches, and subscriptions to changes. It refuses
 * what Graph and Exchange refuse, and counts the mails that Exchange would send by itself. Throws a Fault
 * "configuration" when the port is taken.
 */
export async function startGraph(options: GraphOptions): Promise<GraphStandIn> {
  const { entra, tenantId, mailboxes, port, stateFile, responseDelayMs = 1500, now = () => Date.now() } = options;
  const journal = openJournal(stateFile);
  const mails = createMails(journal.mails);
  const store = createCalendarStore(journal.calendars);
  const subscriptions = createSubscriptions(journal.calendars, loopbackSender, now);
  const notifier = createNotifier({
    sender: loopbackSender,
    tenantId,
    live: subscriptions.live,
    end: (id) => void subscriptions.remove(id),
  });
  const faults = createFaults();
  const traffic = createLog();
  const book = async () => addressBook(await options.people(), tenantId, mailboxes);
  const work = createWork({ store, mails, book, now, tell: notifier.tell });
  const installing = new Set<Promise<unknown>>();
  const underWay = (told: Promise<unknown>) => {
    const done: Promise<unknown> = told.catch(() => undefined).finally(() => installing.delete(done));
    installing.add(done);
  };
  let duplicates = 0;
  const duplicateStatus = () => options.duplicateStatus ?? (duplicates++ % 2 === 0 ? 409 : 400);
  const handle = createGraphHandler({
    routes: [
      sendMailRoute(mails),
      ...eventRoutes({ responseDelayMs, duplicateStatus }),
      ...calendarRoutes(() => server.url),
      ...subscriptionRoutes(subscriptions),
      ...directoryRoutes(),
      ...appRoutes(options.teams ?? noTeams, underWay),
    ],
    checkToken: createTokenCheck(tenantId, entra, options.grants),
    nextFault: faults.next,
    traffic,
    ...work,
    asked: (person) => work.changed({ person, what: "traffic" }),
    now,
  });
  const { key, cert } = await loopbackCertificate();
  const server = await startLoopbackServer(handle, port, { key, cert });
  return {
    url: server.url,
    certificate: cert,
    mails: mails.all,
    inboxOf: mails.inboxOf,
    mailsTo: mails.mailsTo,
    calendarOf: (address) => ownCalendar(store, address),
    async respond(address, iCalUId, how) {
      const doing = await work.begin();
      const done = answerInOutlook(doing, address, iCalUId, how, responseDelayMs);
      work.finish(doing);
      return done;
    },
    async settleInstalls() {
      await Promise.all(installing);
    },
    settleResponses: () => work.settle(Number.POSITIVE_INFINITY),
    setBusy: (address, spans) => store.setBusy(address.toLowerCase(), spans),
    expireDeltas: store.renew,
    notifications: notifier,
    failNext: faults.failNext,
    failOn: faults.failOn,
    onChange: work.onChange,
    log: traffic.log,
    async close() {
      work.stop();
      await server.close();
    },
  };
}

const noTeams: TeamsApps = { catalogue: [], hasApp: () => Promise.resolve(false), install: () => Promise.resolve() };
