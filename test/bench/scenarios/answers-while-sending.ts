import { randomUUID } from "node:crypto";
import { askedIn, expectStored } from "../asked.ts";
import { startLoadGenerator } from "../load.ts";
import { figure, percentile, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { storeOf, withWorld } from "../world.ts";
import { messagesOf, requestsOf, thanks } from "./answers.ts";

/** 10,000 people within a minute. */
const perSecond = 170;

export const answersWhileSending: Scenario = {
  name: "answers-while-sending",
  about: "10,000 people answering within a minute after a round opens, while it is still going out",
  async run({ isShort, note }) {
    const people = isShort ? 400 : 10_000;
    return withWorld({ people, engine: "server", areChatsKnown: true }, async (world) => {
      const [server] = world.servers;
      if (server === undefined) throw new Error("There is no server.");
      const load = startLoadGenerator();
      const chats = await world.standIns.openChats();
      const there = await messagesOf(world);
      const store = storeOf(world.database, world.dataDir);
      note(`${people} people imported`);
      try {
        // A server that has just started takes a second or two over its first answers: cards that nobody has warm it up.
        const nobodys = chats.slice(0, isShort ? 100 : 1_000).map(([objectId, conversation]) => ({ objectId, conversation, delivery: randomUUID() }));
        await load.run({ ...there, requests: await requestsOf(world, nobodys), mustSay: ["meant for somebody else"], connections: 10 });
        const { id } = (await world.api("POST", "check-in-rounds", {})) as { id: string };
        const asked = await askedIn(store, chats);
        const requests = await requestsOf(world, asked);
        const before = usageOf(server.pid);
        const { seconds, latencies } = await load.run({ ...there, requests, mustSay: thanks, perSecond });
        const after = usageOf(server.pid);
        const { pending } = await world.deliveriesOf(id);
        note(`${people} answers in ${seconds.toFixed(1)} s; ${pending} cards are still on their way`);
        if (pending === 0) throw new Error("The round was out before the answers were in, so nothing was measured.");
        await expectStored(store, asked);
        return [
          figure("answers", "a second", [people / seconds]),
          figure("p50", "ms", [percentile(latencies, 0.5)]),
          figure("p99", "ms", [percentile(latencies, 0.99)], { atMost: 1_000 }),
          figure("slowest", "ms", [Math.max(...latencies)], { atMost: 5_000 }),
          figure("processor", "% of one core", [((after.processor - before.processor) / seconds) * 100]),
          figure("memory at most", "MB", [after.peakMemory]),
        ];
      } finally {
        load.stop();
      }
    });
  },
};
