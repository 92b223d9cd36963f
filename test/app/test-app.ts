import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import { folderKeys } from "../../src/adapters/keys/folder.ts";
import { compose } from "../../src/compose.ts";
import type { Parts } from "../../src/composition/parts.ts";
import { tabLinks } from "../../src/composition/tab-links.ts";
import { importRoster } from "../../src/features/roster/import.ts";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import type { Engine, OpenDatabase } from "../../src/adapters/sql/database.ts";
import type { DeliveryCounts } from "../../src/features/deliveries/model.ts";
import type { NetworkId, RoundId } from "../../src/kernel/ids.ts";
import type { Logger } from "../../src/kernel/logger.ts";
import type { Telemetry } from "../../src/kernel/telemetry.ts";
import { Temporal } from "../../src/kernel/time.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { localPeople, localTeamsApp, startStandIns } from "../../src/local/stand-ins.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { jobClock } from "../support/clock.ts";
import { testDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { type CardInChat, cardIn } from "./card-in-chat.ts";
import { type LinkPage, linkPage, tokenIn } from "./link-page.ts";

export interface TestAppOptions {
  /** London's wall clock, such as "2026-11-24T09:30". */
  readonly now: string;
  readonly engine?: Engine;
  /** The roster as CSV; a second and later network's name and roster can be imported afterwards. */
  readonly roster?: Uint8Array;
  readonly logger?: Logger;
  readonly admins?: readonly string[];
  readonly requestsPerSecond?: number;
  /** True when links are mailed to people whom Teams can't reach; left out, the network has no mailbox. */
  readonly mail?: boolean;
  /** Whether members' free/busy may be looked at, and their calendars written to. */
  readonly freeBusy?: boolean;
  readonly memberCalendars?: boolean;
  /** People with an account whom no roster has. */
  readonly strangers?: readonly DirectoryPerson[];
  /** After how long Teams sends a pressed button again. */
  readonly invokeTimeoutMs?: number;
  /** The app's id in the catalogue: the right one when left out, or null for none. */
  readonly teamsAppId?: string | null;
  /** Who has the app from the start; everybody when left out. */
  readonly installed?: (person: DirectoryPerson) => boolean;
  /** Where the keys to pulse answers are kept; a folder that goes with the application when left out. */
  readonly pulseKeys?: Parts["pulseKeys"];
  readonly http?: Parts["http"];
  readonly telemetry?: Telemetry;
  /** A store with a network in it, in place of an empty one with a new network. */
  readonly store?: { readonly database: OpenDatabase; readonly network: NetworkId };
  /** Puts something between the application and its store, such as a record of its statements. */
  readonly through?: (database: OpenDatabase) => OpenDatabase;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
}

const zone = "Europe/London";
const mailSender = "steady@network.example.org";
const organiser = "meetings@network.example.org";
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** The moment at which London's clocks show this. */
export function london(wallClock: string) {
  return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone).toInstant();
}

export type TestApp = Awaited<ReturnType<typeof testApp>>;

/**
 * The real application on a real store with real jobs and tokens, the stand-ins in place of Microsoft's services, and a
 * clock that only the test moves. Closed by itself after each test.
 */
export async function testApp(options: TestAppOptions) {
  const clock = new ManualClock(london(options.now));
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const part of closing.splice(0).reverse()) await part();
  };
  // Registered first, so that a test that fails while it is set up leaves nothing running.
  open.push({ close });
  // The server's copies are made twice as fast as the embedded store's; with a single connection, whoever forgets a
  // transaction's own handle waits for ever on it as on the embedded store.
  const opened = options.store?.database ?? (options.engine === undefined ? await testDatabase("server", 1, "with queues") : await testDatabase(options.engine));
  const database = options.through?.(opened) ?? opened;
  closing.push(() => database.close());
  const keyFolder = mkdtempSync(join(tmpdir(), "steady-keys-"));
  closing.push(async () => rmSync(keyFolder, { recursive: true, force: true }));
  let people: () => Promise<DirectoryPerson[]> = () => Promise.resolve([]);
  let url = "";
  const standIns = await startStandIns({
    people: () => people(),
    botEndpoint: () => `${url}/api/messages`,
    folder: null,
    port: 0,
    mailSender,
    organiser,
    now: () => clock.now().epochMilliseconds,
    ...(options.invokeTimeoutMs === undefined ? {} : { invokeTimeoutMs: options.invokeTimeoutMs }),
    ...(options.installed === undefined ? {} : { installedFromStart: options.installed }),
  });
  closing.push(() => standIns.close());
  const app = compose({
    database,
    platform: standIns.platform,
    clock,
    pause: clock,
    random: () => 0.5,
    logger: options.logger ?? silent,
    // Waiting moves the clock, so a batch's 25 requests arrive together at its last moment: 20 a second and those 25 stay
    // within the stand-in's 50.
    requestsPerSecond: options.requestsPerSecond ?? 20,
    mailSender: options.mail === true ? mailSender : null,
    teamsAppId: options.teamsAppId === undefined ? localTeamsApp : options.teamsAppId,
    pulseKeys: options.pulseKeys ?? folderKeys(keyFolder),
    publicUrl: () => url,
    tabLink: tabLinks({ in: "browser", publicUrl: () => url }),
    meetings: {
      defaultOrganiser: organiser,
      freeBusy: options.freeBusy ?? false,
      memberCalendars: options.memberCalendars ?? false,
    },
    admins: options.admins ?? [],
    jobClock: jobClock(clock),
    ...(options.http === undefined ? {} : { http: options.http }),
    ...(options.telemetry === undefined ? {} : { telemetry: options.telemetry }),
  });
  people = async () => [...(await localPeople(app.directory, app.store)), ...(options.strangers ?? [])];
  closing.push(() => app.jobs.stop());
  await app.jobs.prepare();
  const { port } = await app.server.listen(0, "127.0.0.1");
  closing.push(() => app.server.close());
  url = `http://127.0.0.1:${port}`;
  const network = options.store?.network ?? (await app.directory.createNetwork("Test network"));
  const { connector, entra, graph, platform } = standIns;

  const importCsv = async (csv: Uint8Array, into: NetworkId = network) => {
    const deps = { store: app.store, clock, defaultTenant: app.tenantId, canMail: app.canMail };
    const outcome = await importRoster(deps, { network: into, actor: null }, csv, { dryRun: false });
    if (!outcome.ok) throw new Error(`The test's roster has faults: ${JSON.stringify(outcome.problems)}`);
  };
  if (options.roster !== undefined) await importCsv(options.roster);

  // People are named by e-mail, or by object id where two networks have the same e-mail.
  const accountOf = async (who: string): Promise<string> => {
    const person = (await people()).find((one) => one.email === who || one.objectId === who);
    if (person === undefined) throw new Error(`Nobody has the e-mail or account ${who}`);
    return person.objectId;
  };
  const tokenOf = async (who: string, overrides: Readonly<Record<string, unknown>> = {}) =>
    entra.issueUserToken(await accountOf(who), { audience: platform.appId, overrides });
  const api = async (email: string | null, method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: {
        ...(email === null ? {} : { authorization: `Bearer ${await tokenOf(email)}` }),
        ...(body === undefined ? {} : { "content-type": typeof body === "string" ? "text/csv" : "application/json" }),
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
  };
  let settling: Promise<unknown> = Promise.resolve();
  // One after the other, because the queue's clock is set each time.
  const settle = () => (settling = settling.catch(() => undefined).then(() => app.jobs.drain()));

  const testApplication = {
    ...app,
    network,
    database,
    /** Where the keys to pulse answers lie, a file each. */
    keyFolder,
    connector,
    entra,
    graph,
    platform,
    people: () => people(),
    clock,
    organiser,
    url,
    settle,
    importCsv,
    api,
    tokenOf,
    accountOf,
    /** Moves the clock and runs what came due, at every given moment on the way and at the end. */
    async moveTo(...wallClocks: string[]) {
      for (const wallClock of wallClocks) {
        clock.moveTo(london(wallClock));
        await settle();
      }
    },
    /** Opens a round now and sends its cards. */
    async openRound(): Promise<RoundId> {
      const opened = await openRound(app, network, null);
      if (!opened.ok) throw new Error(`No round: ${opened.why}`);
      await settle();
      return opened.round.id;
    },
    async client(email: string) {
      return connector.client(await accountOf(email));
    },
    /** The cards in somebody's chat, oldest first. */
    async cards(email: string): Promise<CardInChat[]> {
      const client = connector.client(await accountOf(email));
      return client.messages().flatMap((message) => (message.card === null ? [] : [cardIn(client, message)]));
    },
    /** The latest card in somebody's chat that says `text`. */
    async card(email: string, text = ""): Promise<CardInChat> {
      const found = (await testApplication.cards(email)).filter((card) => card.text.includes(text)).at(-1);
      if (found === undefined) throw new Error(`${email} has no card that says "${text}"`);
      return found;
    },
    /** The texts that the bot wrote to somebody, oldest first. */
    async texts(email: string): Promise<string[]> {
      const client = connector.client(await accountOf(email));
      return client.messages().flatMap((message) => (message.from === "bot" && message.text !== null ? [message.text] : []));
    },
    /** The mails that Steady sent to somebody, oldest first; what calendars send isn't among them. */
    inbox: (email: string) => graph.inboxOf(email).filter(({ kind }) => kind === "mail"),
    /** The page behind the link in the latest mail that somebody got. */
    page(email: string): LinkPage {
      const mail = testApplication.inbox(email).at(-1);
      if (mail === undefined) throw new Error(`${email} has no mail`);
      return linkPage(url, tokenIn(mail), settle);
    },
    async say(email: string, text: string) {
      const outcome = await connector.client(await accountOf(email)).say(text);
      await settle();
      return outcome;
    },
    async counts(round: string): Promise<DeliveryCounts> {
      const counts = (await app.store.read(network).deliveries.counts([round], "check-in")).get(round);
      if (counts === undefined) throw new Error("no counts");
      return counts;
    },
  };
  return testApplication;
}
