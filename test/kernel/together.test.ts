import { describe, expect, it } from "@jest/globals";
import { together } from "../../src/kernel/together.ts";

/** Serves by hand: `groups` has what was asked for, and `answer` lets the group under way end. */
function byHand(most?: number) {
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
    most,
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
    const { ask, groups, soon, answer } = byHand(2);
    const all = ["a1", "a2", "a3"].map(ask);
    await soon();
    answer();
    await soon();
    answer();
    expect(await Promise.all(all)).toEqual(["A1", "A2", "A3"]);
    expect(groups).toEqual([["a1", "a2"], ["a3"]]);
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
