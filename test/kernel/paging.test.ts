import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { page, PageQuery } from "../../src/kernel/paging.ts";

describe("page", () => {
  it("goes through any list in pages, each item once and in order, and ends", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (items, limit) => {
        const seen: number[] = [];
        let next: string | null = "";
        for (let rounds = 0; next !== null && rounds <= items.length; rounds += 1) {
          const from: number = next === "" ? 0 : items.indexOf(Number(next)) + 1;
          const answer = page(items.slice(from, from + limit + 1), limit, String);
          seen.push(...answer.items);
          next = answer.next;
        }
        expect(seen).toEqual(items);
        expect(next).toBeNull();
      }),
    );
  });
});

describe("PageQuery", () => {
  it("gives 50 from the beginning when nothing is asked for", () => {
    expect(PageQuery.parse({})).toEqual({ limit: 50 });
  });

  it("refuses a cursor that no page gave, which the store couldn't read", () => {
    expect(PageQuery.safeParse({ after: "x" }).success).toBe(false);
  });

  it.each(["0", "201", "1.5", "", "x", "-1"])("refuses a limit of %j", (limit) => {
    expect(PageQuery.safeParse({ limit }).success).toBe(false);
  });
});
