import { cardIn } from "../app/card-in-chat.ts";
import { lead, manager } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { type LiveServer, startLiveServer } from "./live-server.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";
import { until } from "./until.ts";

const lea = lead("Lea");
/** Whoever has answered gets a second card of the same round, with what else is asked. */
const furtherQuestions = "This round's extra questions.";

export interface Readiness {
  readonly status: number;
  /** What it says of the store and of the jobs. */
  readonly says: readonly string[];
  readonly ms: number;
}

/** The built server in live mode, with a network that is sent a round. */
export interface LiveNetwork {
  readonly server: LiveServer;
  readonly managers: readonly Row[];
  readonly leader: Row;
  readyz(): Promise<Readiness>;
  /** Asks the API as the lead: the status and what it took, in milliseconds. */
  ask(path: string): Promise<{ readonly status: number; readonly ms: number }>;
  openRound(): Promise<string>;
  /** Cards of the round's own that have come to each manager, answered or not. */
  cards(): number[];
  /** Answers the check-in of one; true when the answer was acknowledged with the card that says so. */
  answer(who: Row, newPeople: number): Promise<boolean>;
  /** What somebody's stored answers say, as JSON. */
  stored(who: Row): Promise<string>;
  /** Waits until nothing is pending, and gives the round's counts. */
  complete(round: string): Promise<Readonly<Record<string, number>>>;
}

export interface FaultyStore extends LiveNetwork {
  readonly proxy: TcpProxy;
}

/** Runs the built server in live mode on a database behind a proxy, and ends all of it. */
export async function withFaultyStore(databaseUrl: string, people: number, use: (scene: FaultyStore) => Promise<void>): Promise<void> {
  const { hostname, port } = new URL(databaseUrl);
  const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
  try {
    await withLiveNetwork({ people, environment: () => ({ DATABASE_URL: proxy.through(databaseUrl) }) }, (scene) => use({ ...scene, proxy }));
  } finally {
    await proxy.close();
  }
}

/**
 * Runs the built server in live mode for so many managers and a lead, and ends it.
 * @param options.environment what the server is told beside the way to its tenant: where its store is, at least; it gets a new folder
 * @param options.world as for `startLiveServer`
 */
export async function withLiveNetwork(
  options: { readonly people: number; readonly environment: (folder: string) => Readonly<Record<string, string>>; readonly world?: Parameters<typeof startLiveServer>[3] },
  use: (scene: LiveNetwork) => Promise<void>,
): Promise<void> {
  const { people, environment, world } = options;
  const managers = Array.from({ length: people }, (_, n) => manager(`Manager ${n}`, { email: `manager${n}@example.org` }));
  const settings = { TEAMS_REQUESTS_PER_SECOND: "40", STEADY_ADMINS: "0192f000-0000-7000-8000-00000000000a" };
  const server = await startLiveServer([lea, ...managers], (folder) => ({ ...settings, ...environment(folder) }), true, world);
  const client = (who: Row) => server.connector.client(who.aad_object_id ?? "");
  const look = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const began = performance.now();
    const answer = await fetch(`${server.inside}${path}`, { headers });
    return { status: answer.status, text: await answer.text(), ms: performance.now() - began };
  };
  const counts = async (round: string) => (await server.api(lea, "GET", `check-in-rounds/${round}`)).body.deliveries as Record<string, number> | undefined;
  const asks = (card: object | null) => card !== null && !JSON.stringify(card).includes(furtherQuestions);
  const cards = () => managers.map((one) => client(one).messages().filter(({ card }) => asks(card)).length);
  try {
    await use({
      server,
      managers,
      leader: lea,
      cards,
      async readyz() {
        const { status, text, ms } = await look("/readyz");
        const { checks } = JSON.parse(text) as { checks: { detail: string }[] };
        return { status, says: checks.map(({ detail }) => detail), ms };
      },
      async ask(path) {
        const began = performance.now();
        const { status } = await server.api(lea, "GET", path);
        return { status, ms: performance.now() - began };
      },
      openRound: async () => (await server.api(lea, "POST", "check-in-rounds", {})).body.id as string,
      async answer(who, newPeople) {
        const message = client(who).messages().find(({ card }) => card !== null);
        if (message === undefined) throw new Error(`${who.name ?? ""} has no card.`);
        const { status, kind } = await cardIn(client(who), message).press("Send", { feeling: "busy", newPeople__link_worker: newPeople });
        return status === 200 && kind === "card";
      },
      stored: async (who) => JSON.stringify((await server.api(who, "GET", "me/check-ins")).body.items ?? []),
      async complete(round) {
        await until(async () => (await counts(round))?.["pending"] === 0, "the end of the round", 200);
        return (await counts(round)) ?? {};
      },
    });
  } finally {
    const { exitCode } = server.child;
    await server.stopAll();
    if (exitCode !== null) throw new Error(`The server ended by itself (${exitCode}): ${server.output().slice(-3_000)}`);
  }
}
