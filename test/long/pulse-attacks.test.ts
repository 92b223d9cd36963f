import { expect, it } from "@jest/globals";
import { leaksIn } from "../attacks/trials.ts";

const most = 150;
const tenMinutes = 10 * 60_000;

it("finds nobody's answers in as many made-up networks as fit into ten minutes", async () => {
  const seeds = Array.from({ length: most }, (_, n) => 10_000 + n);
  expect(await leaksIn({ seeds, shufflings: 400, lasting: tenMinutes })).toBe("");
}, 3 * tenMinutes);
