import { setTimeout as pause } from "node:timers/promises";
import { type Figure, figure, type RunOptions, type Scenario } from "../scenario.ts";
import type { FaultShare, Seen } from "../stand-ins.ts";
import { usageOf } from "../usage.ts";
import { type Deliveries, type World, withWorld } from "../world.ts";

/** Requests a second of one app in one tenant that Teams takes, over any second ("Rate limiting", Teams platform documentation). */
const limit = 50;

interface Sent {
  readonly deliveries: Deliveries;
  /** Requests that were let through, between the first and the last of them, per second. */
  readonly rate: number;
  /** Refusals that the server had earned, by 1,000 requests. */
  readonly refused: number;
  readonly seen: readonly Seen[];
}

/** Requests a second between the first and the last that weren't refused; in-between ones count. */
function rateOf(seen: readonly Seen[]): number {
  const times = seen.filter(([, , status]) => status !== 429).map(([at]) => at).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined || last === first) throw new Error("Too few requests came.");
  return (times.length - 1) / ((last - first) / 1_000);
}

/** Opens a round, waits for its end, and looks at what came. */
export async function sendRound({ standIns, api, deliveriesOf }: World, note: RunOptions["note"]): Promise<Sent> {
  await standIns.forget();
  const { id } = (await api("POST", "check-in-rounds", {})) as { id: string };
  let deliveries = await deliveriesOf(id);
  for (let looks = 1; deliveries.pending > 0; looks += 1) {
    await pause(1_000);
    deliveries = await deliveriesOf(id);
    if (looks % 20 === 0) note(`${deliveries.delivered} of ${deliveries.intended} delivered`);
  }
  const seen = await standIns.seen();
  const refused = seen.filter(([, , status]) => status === 429).length;
  return { deliveries, seen, rate: rateOf(seen), refused: (refused / seen.length) * 1_000 };
}

/** Throws unless everybody has exactly one card. */
async function expectOneCardEach({ standIns }: World, { deliveries }: Sent, people: number): Promise<void> {
  const wrong = (await standIns.cards()).filter((cards) => cards !== 1).length;
  if (wrong > 0 || deliveries.delivered !== people) {
    throw new Error(`${wrong} people haven't exactly one card; ${JSON.stringify(deliveries)}`);
  }
}

/** What a round to so many people comes to with so many replicas, each round in a world of its own. */
async function fanOut(options: { readonly people: number; readonly replicas: number; readonly areChatsKnown: boolean; readonly share: number }, { note }: RunOptions): Promise<Figure[]> {
  const { people, replicas, areChatsKnown, share } = options;
  return withWorld({ people, replicas, engine: "server", areChatsKnown }, async (world) => {
    note(`${people} people imported, ${replicas} started`);
    const before = world.servers.map(({ pid }) => usageOf(pid));
    const sent = await sendRound(world, note);
    await expectOneCardEach(world, sent, people);
    const after = world.servers.map(({ pid }) => usageOf(pid));
    const named = (what: string) => (replicas === 1 ? what : `${what}, ${replicas} replicas`);
    return [
      figure(named("requests"), "% of the limit", [(sent.rate / limit) * 100], { atLeast: share }),
      figure(named("earned 429"), "per 1,000 requests", [sent.refused], { atMost: 1 }),
      figure(named("memory at most"), "MB", [Math.max(...after.map(({ peakMemory }) => peakMemory))]),
      figure(named("processor"), "s per 1,000 cards", [
        (after.reduce((sum, { processor }, n) => sum + processor - (before[n]?.processor ?? 0), 0) / people) * 1_000,
      ]),
    ];
  });
}

export const fanOutToMany: Scenario = {
  name: "fan-out",
  about: "a round for 10,000 people whose chats are known, against 50 requests/s",
  run: (options) => fanOut({ people: options.isShort ? 120 : 10_000, replicas: 1, areChatsKnown: true, share: 95 }, options),
};

export const fanOutByReplicas: Scenario = {
  name: "replicas",
  about: "the same by two and three replicas on one PostgreSQL",
  async run(options) {
    const people = options.isShort ? 120 : 10_000;
    const figures: Figure[] = [];
    for (const replicas of options.isShort ? [2] : [2, 3]) {
      figures.push(...(await fanOut({ people, replicas, areChatsKnown: true, share: 92 }, options)));
    }
    return figures;
  },
};

export const firstContact: Scenario = {
  name: "first-contact",
  about: "a round for people whose chats must be made: two requests each, so 25 people/s",
  run: (options) => fanOut({ people: options.isShort ? 60 : 2_000, replicas: 1, areChatsKnown: false, share: 95 }, options),
};

/** Of what is sent, the shares that fail. */
const faults = [
  { share: 0.05, respond: { status: 429, code: "Throttled", retryAfterSeconds: 2 } },
  { share: 0.007, respond: { status: 502, code: "ServiceError" } },
  { share: 0.007, respond: { status: 503, code: "ServiceError" } },
  { share: 0.006, respond: { status: 412, code: "PreconditionFailed" } },
  { share: 0.005, respond: { status: 403, code: "MessageWritesBlocked" } },
  { share: 0.005, respond: { status: 404, code: "ConversationNotFound" } },
  { share: 0.01, respond: "cut" },
  { share: 0.005, respond: "cut-after-delivery" },
] as const satisfies readonly FaultShare[];

export const fanOutUnderFaults: Scenario = {
  name: "faults",
  about: "a round while 5 % of the requests get 429, 2 % 502, 503 or 412, 1 % 403 or 404, 1 % are cut off and 0.5 % lose their answer",
  async run({ isShort, note }) {
    const people = isShort ? 120 : 10_000;
    return withWorld({ people, engine: "server", areChatsKnown: true }, async (world) => {
      note(`${people} people imported`);
      await world.standIns.fail(faults);
      const { deliveries, seen } = await sendRound(world, note);
      const cards = await world.standIns.cards();
      const met = await world.standIns.failed();
      const lost = met.at(-1) ?? 0;
      // Whoever has blocked the bot gets a link by mail instead, and counts as reached by it.
      const blocked = met[faults.findIndex(({ respond }) => typeof respond === "object" && respond.status === 403)] ?? 0;
      const duplicates = cards.filter((of) => of > 1).length;
      const { intended, delivered, failed, skipped } = deliveries;
      if (intended !== people || delivered + failed + skipped !== people) throw new Error(`Somebody is missing: ${JSON.stringify(deliveries)}`);
      if (cards.filter((of) => of > 0).length < delivered - blocked) throw new Error("Somebody counts as reached and has no card.");
      if (duplicates > lost) throw new Error(`${duplicates} people have two cards, and only ${lost} answers were lost.`);
      const firstTries = new Map(seen.toReversed().map(([at, , , person]) => [person, at]));
      const until = Math.max(...firstTries.values());
      return [
        figure("requests until everybody was tried", "% of the limit", [(rateOf(seen.filter(([at]) => at <= until)) / limit) * 100], { atLeast: 85 }),
        figure("delivered", "% of the people", [(delivered / people) * 100]),
        figure("cards twice, where the answer was lost", "people", [duplicates]),
      ];
    });
  },
};
