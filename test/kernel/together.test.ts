import { describe, expect, it } from "@jest/globals";
import { type GroupOptions, together } from "../../src/kernel/together.ts";

/** Serves by hand: `groups` has what was asked for, and `answer` lets the group under way end. */
function byHand(options?: GroupOptions) {
  const groups: string[][] = [];
  const under: PromiseWithResolvers<void>[] = [];
  const ask = together<string, string>(
    (item) => item.charAt(0),
    async (items) => {
      groups.push([...items]);
      const end = Promise.withResolvers<undefined>();
      under.push(end as PromiseWithResolvers<unknown> as PromiseWithResolvers<void>);
      await end.promise;
      return items.map((item) => item.toUpperCase());
    },
    options,
  );
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const soon = () => turn().then(turn).then(turn).then(turn);
  return { ask, groups, soon, answer: () => under.shift()?.resolve() };
}

describe("work that is done together", () => {
  it("serves those who come at once together, and those who come meanwhile after them", async () => {
    const { ask, groups, soon, answer } = byHand();
    const first = [ask("a1"), ask("a2")];
    await soon();
    const later = [ask("a3"), ask("a4"), ask("a5")];
    await soon();
    expect(groups).toEqual([["a1", "a2"]]);
    answer();
    expect(await Promise.all(first)).toEqual(["A1", "A2"]);
    await soon();
    expect(groups).toEqual([["a1", "a2"], ["a3", "a4", "a5"]]);
    answer();
    expect(await Promise.all(later)).toEqual(["A3", "A4", "A5"]);
  });

  it("waits for more as long as some come with each turn of the event loop", async () => {
    const { ask, groups, soon, answer } = byHand();
    const all: Promise<string>[] = [];
    // Each comes in the turn after the one before it, as requests do that are read from their sockets.
    const comeOneByOne = ([item, ...others]: readonly string[]) => {
      if (item === undefined) return;
      setImmediate(() => comeOneByOne(others));
      all.push(ask(item));
    };
    comeOneByOne(["a1", "a2", "a3"]);
    await soon();
    await soon();
    expect(groups).toEqual([["a1", "a2", "a3"]]);
    answer();
    expect(await Promise.all(all)).toEqual(["A1", "A2", "A3"]);
  });

  it("keeps lines apart, which don't wait for each other", async () => {
    const { ask, groups, soon, answer } = byHand();
    const all = [ask("a1"), ask("b1"), ask("a2")];
    await soon();
    expect(groups.toSorted()).toEqual([["a1", "a2"], ["b1"]]);
    answer();
    answer();
    expect(await Promise.all(all)).toEqual(["A1", "B1", "A2"]);
  });

  it("makes no group larger than the most", async () => {
    const { ask, groups, soon, answer } = byHand({ most: 2 });
    const all = ["a1", "a2", "a3"].map(ask);
    await soon();
    answer();
    await soon();
    answer();
    expect(await Promise.all(all)).toEqual(["A1", "A2", "A3"]);
    expect(groups).toEqual([["a1", "a2"], ["a3"]]);
  });

  describe("that gathers again", () => {
    /** Two who are being served while two others wait, and pauses that end when the test says so. */
    async function twoAndTwo() {
      const pauses: (() => void)[] = [];
      const time = { now: 0 };
      const waits = { now: () => time.now, pause: () => new Promise<void>((resolve) => pauses.push(resolve)) };
      const hand = byHand({ regathers: true, waits });
      const all = ["a1", "a2"].map(hand.ask);
      await hand.soon();
      all.push(...["a3", "a4"].map(hand.ask));
      const endPause = async () => {
        pauses.shift()?.();
        await hand.soon();
      };
      return { ...hand, all, time, pauses, endPause };
    }

    it("waits for those who were served a moment ago, and serves everybody at once", async () => {
      const { ask, groups, soon, answer, all, endPause } = await twoAndTwo();
      answer();
      await soon();
      expect(groups).toEqual([["a1", "a2"]]);
      all.push(ask("a5"));
      await endPause();
      expect(groups).toHaveLength(1);
      all.push(ask("a6"));
      await endPause();
      expect(groups).toEqual([["a1", "a2"], ["a3", "a4", "a5", "a6"]]);
      answer();
      expect(await Promise.all(all)).toEqual(["A1", "A2", "A3", "A4", "A5", "A6"]);
    });

    it("waits no longer once as many have come as were there", async () => {
      const { ask, groups, soon, answer, all } = await twoAndTwo();
      answer();
      await soon();
      all.push(ask("a5"));
      await soon();
      expect(groups).toHaveLength(1);
      all.push(ask("a6"));
      await soon();
      expect(groups).toEqual([["a1", "a2"], ["a3", "a4", "a5", "a6"]]);
      answer();
      expect(await Promise.all(all)).toHaveLength(6);
    });

    it("waits no longer once nobody has come for a while", async () => {
      const { groups, soon, answer, endPause } = await twoAndTwo();
      answer();
      await soon();
      await endPause();
      expect(groups).toEqual([["a1", "a2"], ["a3", "a4"]]);
    });

    it("waits no longer once the last group is long over, however many keep coming", async () => {
      const { ask, groups, soon, answer, endPause, time } = await twoAndTwo();
      answer();
      await soon();
      void ask("a5");
      time.now = 50;
      await endPause();
      expect(groups).toEqual([["a1", "a2"], ["a3", "a4", "a5"]]);
    });

    it("makes nobody wait who comes alone, again and again", async () => {
      const { ask, groups, soon, answer, pauses } = byHandAlone();
      for (const item of ["a1", "a2", "a3"]) {
        const one = ask(item);
        await soon();
        answer();
        await one;
        await soon();
      }
      expect(groups).toEqual([["a1"], ["a2"], ["a3"]]);
      expect(pauses).toEqual([]);
    });

    function byHandAlone() {
      const pauses: number[] = [];
      const pause = (milliseconds: number) => Promise.resolve(pauses.push(milliseconds));
      return { ...byHand({ regathers: true, waits: { now: () => 0, pause } }), pauses };
    }
  });

  it("tries each alone when a group fails, so that only the bad one does", async () => {
    const groups: number[][] = [];
    const halve = together<number, number>(
      () => "",
      async (items) => {
        groups.push([...items]);
        if (items.some((item) => item % 2 === 1)) throw new Error("odd");
        return items.map((item) => item / 2);
      },
    );
    const all = await Promise.allSettled([halve(2), halve(3), halve(4)]);
    expect(all).toEqual([{ status: "fulfilled", value: 1 }, { status: "rejected", reason: new Error("odd") }, { status: "fulfilled", value: 2 }]);
    expect(groups).toEqual([[2, 3, 4], [2], [3], [4]]);
    expect(await halve(6)).toBe(3);
  });

  it("fails everybody of a group that isn't answered in full, rather than leave somebody waiting", async () => {
    const silent = together<number, number>(() => "", async () => []);
    await expect(Promise.all([silent(1), silent(2)])).rejects.toThrow("0 results for 1");
  });
});
