import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { momentFor, momentsFor, orderOf } from "../../../src/features/deliveries/moments.ts";
import { type Instant, Temporal } from "../../../src/kernel/time.ts";

const at = (milliseconds: number) => Temporal.Instant.fromEpochMilliseconds(milliseconds);

/** A rate that gives a moment every 20 ms, and a pause that is late by what `lateness` says for each moment in turn. */
function world(lateness: readonly number[]) {
  const reserved: (string | null)[] = [];
  const waited: Instant[] = [];
  return {
    reserved,
    waited,
    rate: {
      reserve: (conversations: readonly (string | null)[]) => {
        reserved.push(...conversations);
        return Promise.resolve(conversations.map((_, n) => at((reserved.length - conversations.length + n) * 20)));
      },
    },
    pause: {
      until: (moment: Instant) => {
        waited.push(moment);
        return Promise.resolve();
      },
      isMissed: () => (lateness[waited.length - 1] ?? 0) > 60,
    },
  };
}

it("uses the moment that was reserved, or reserves one", async () => {
  const given = world([0]);
  await momentFor(given, "chat", at(7));
  expect({ reserved: given.reserved, waited: given.waited }).toEqual({ reserved: [], waited: [at(7)] });
  const asked = world([0]);
  await momentFor(asked, null);
  expect({ reserved: asked.reserved, waited: asked.waited }).toEqual({ reserved: [null], waited: [at(0)] });
});

it("gives a missed moment up for another, twice at most", async () => {
  const once = world([500, 0]);
  await momentFor(once, "chat", at(7));
  expect({ reserved: once.reserved, waited: once.waited }).toEqual({ reserved: ["chat"], waited: [at(7), at(0)] });
  const always = world([500, 500, 500, 500]);
  await momentFor(always, "chat", at(7));
  expect(always.waited).toHaveLength(3);
});

it("gives up a moment that is far off, as after the clock was set back, before it has waited for it", async () => {
  const set = world([0]);
  const pause = { ...set.pause, isFarOff: (moment: Instant) => moment.epochMilliseconds > 120_000 };
  await momentFor({ rate: set.rate, pause }, "chat", at(3_600_000));
  expect({ reserved: set.reserved, waited: set.waited }).toEqual({ reserved: ["chat"], waited: [at(0)] });
});

it("reserves a known chat's moment in that chat, and two for a new one", async () => {
  const given = world([]);
  expect(await momentsFor(given.rate, ["a", null, "b"])).toEqual([
    { opening: null, sending: at(0) },
    { opening: at(20), sending: at(60) },
    { opening: null, sending: at(40) },
  ]);
  expect(given.reserved).toEqual(["a", null, "b", null]);
});

it("sends to everybody once, in their order, and into a new chat a while after opening it but long before the last is opened", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 100 }), (areNew) => {
      const order = orderOf(areNew);
      const placesOf = (request: string) => areNew.map((_, card) => order.findIndex((one) => one.card === card && one.request === request));
      const [opened, sent] = [placesOf("open"), placesOf("send")];
      expect(order).toHaveLength(areNew.length + areNew.filter(Boolean).length);
      areNew.forEach((isNew, card) => {
        const [open, send] = [opened[card]!, sent[card]!];
        expect(open >= 0).toBe(isNew);
        const between = send - open - 1;
        const after = order.slice(send + 1).some((one) => one.request === "open");
        if (isNew && after) expect(between).toBeGreaterThanOrEqual(15);
        if (isNew) expect(between).toBeLessThanOrEqual(Math.max(31, areNew.length));
      });
    }),
  );
});
