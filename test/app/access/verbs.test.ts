import { expect, it } from "@jest/globals";
import { botOf, type Presser } from "./bot.ts";
import { commands } from "./commands.ts";
import { furnished } from "./furnished.ts";
import { verbs } from "./verbs.ts";
import { walk } from "./walk.ts";

it("answers each press of each button as its table says", async () => {
  const scene = await furnished();
  const { app, ids, cards } = scene;
  expect(Object.keys(verbs).sort()).toEqual([...app.bot.verbs.keys()].sort());
  const bot = await botOf(app);
  await bot.greet();
  const rows = Object.entries(verbs).map(([verb, row]) => [verb, { ...row, isConfidential: app.bot.verbs.get(verb)?.isConfidential === true }]);
  await walk(scene, Object.fromEntries(rows), async (verb: string, presser: Presser) => {
    const { about, typed = {} } = verbs[verb] ?? {};
    if (about === undefined) return bot.press(presser, verb, typed);
    const id = about === "wave" ? ids.wave : (await cards())[about];
    expect({ verb, id }).toEqual({ verb, id: expect.any(String) });
    const name = about === "wave" ? "wave" : about === "request-id" ? "request" : "delivery";
    return bot.press(presser, verb, { [name]: id, ...typed });
  });
});

it("answers each line that somebody types as its table says", async () => {
  const scene = await furnished();
  const { app } = scene;
  expect(Object.keys(commands).sort()).toEqual(app.bot.commands.map(({ words: [first] }) => first).sort());
  const bot = await botOf(app);
  await bot.greet();
  await walk(scene, commands, (command, presser) => bot.say(presser, `${command} ${commands[command]?.rest ?? ""}`.trim()));
});
