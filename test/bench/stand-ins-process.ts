import type { FaultResponse } from "../../src/local/connector/index.ts";
import { startLiveStandIns, tabAppId } from "../support/live-stand-ins.ts";
import { inTenant, leader, managersOf } from "./people.ts";

/*
 * The made-up tenant as a process of its own, so that its work isn't counted as the server's. Its parent calls what
 * `calls` has, by messages.
 */

export interface Settings {
  readonly people: number;
  /** Where the server listens that the ingress leads to. */
  readonly port: number;
  /** Where the certificate goes. */
  readonly folder: string;
}

/** One request of the bot: when it came (milliseconds since 1970), what it wanted, what it got, and about whom. */
export type Seen = readonly [at: number, kind: string, status: number, person: string | undefined];

/** A share (0 to 1) of the requests that send a card, and what becomes of them. */
export interface FaultShare {
  readonly share: number;
  readonly respond: FaultResponse;
}

const settings = JSON.parse(process.argv[2] ?? "{}") as Settings;
const people = [...managersOf(settings.people), leader].map(inTenant);
const managers = people.slice(0, settings.people);
const standIns = await startLiveStandIns({ port: settings.port, folder: settings.folder, people: () => Promise.resolve(people) });
const { connector, entra } = standIns;

// The Connector keeps its last 500 requests, which is ten seconds' worth at its limit.
let seen: Seen[] = [];
let last = 0;
function look(): void {
  for (const entry of connector.log()) {
    if (entry.n <= last) continue;
    last = entry.n;
    if (entry.direction === "from-bot") seen.push([entry.at, entry.kind, entry.status, entry.person]);
  }
}
setInterval(look, 500).unref();
let given: number[] = [];

const calls = {
  environment: async () => standIns.environment,
  /** Opens a chat with every manager, and gives its id by the manager's object id. */
  openChats: async () => Promise.all(managers.map(async ({ objectId }) => [objectId, (await connector.openChat(objectId)) ?? ""] as const)),
  /** Every request since the last `forget`. */
  seen: async () => {
    look();
    return seen;
  },
  forget: async () => {
    look();
    seen = [];
  },
  counts: async () => connector.counts(),
  /** How many cards lie in each manager's chat. */
  cards: async () => managers.map(({ objectId }) => connector.client(objectId).messages().filter(({ card }) => card !== null).length),
  /** From now on, these shares of what is sent fail, drawn anew for each request; none for an empty list. */
  fail: async (shares: readonly FaultShare[]) => {
    connector.faults.clear();
    given = shares.map(() => 0);
    let before = 0;
    for (const [index, { share, respond }] of shares.entries()) {
      // Of the requests that the faults before have left.
      const chance = share / (1 - before);
      const match = ({ kind }: { readonly kind: string }) => {
        const isMet = kind === "send" && Math.random() < chance;
        if (isMet) given[index] = (given[index] ?? 0) + 1;
        return isMet;
      };
      connector.faults.add({ match, respond });
      before += share;
    }
  },
  /** How often each of those shares has met a request. */
  failed: async () => given,
  /** A token as it comes with what Teams posts to the bot. */
  activityToken: async () => connector.issueToken(),
  /** A token of the leader's for the API. */
  leadToken: async () => entra.issueUserToken(leader.aad_object_id ?? "", { audience: tabAppId }),
  close: async () => standIns.close(),
};

export type Calls = typeof calls;

interface Call {
  readonly id: number;
  readonly name: keyof Calls;
  readonly given: readonly unknown[];
}

process.on("message", ({ id, name, given: all }: Call) => {
  const call = calls[name] as (...everything: readonly unknown[]) => Promise<unknown>;
  call(...all).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ id: 0, result: null });
