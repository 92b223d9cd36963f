import { describe, expect, it } from "@jest/globals";
import { pulseCardSources } from "../../../src/features/pulse/card-sources.ts";
import { choicesIn } from "../../../src/features/pulse/answering.ts";
import { pulseCommands } from "../../../src/features/pulse/bot.ts";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import { pulsePersonalData } from "../../../src/features/pulse/personal-data.ts";
import { pulseVerbs } from "../../../src/features/pulse/verbs.ts";
import { type Actor, allow } from "../../../src/kernel/actor.ts";
import type { BotCommand, Reply } from "../../../src/kernel/bot.ts";
import { looked } from "../../app/card-in-chat.ts";
import { at, someResults } from "../../builders/pulse.ts";
import { someNetwork } from "../../builders/roster.ts";
import { pulseWorld } from "../../fakes/pulse-world.ts";

type World = Awaited<ReturnType<typeof pulseWorld>>;

const answers = { "worn-out": "0", "energy-left": "4" };
const said = (reply: Reply | undefined) =>
  reply === undefined ? "" : reply.kind === "card" ? looked(reply.card).text : `${reply.kind}: ${reply.text}`;

async function press(world: World, actor: Actor, verb: string, data: object): Promise<string> {
  const found = pulseVerbs(world.deps).find((one) => one.verb === verb);
  return said(await found?.handle(actor, data));
}

const sealedIn = ({ pulse, wave }: World) => (pulse.tables.sealed.get(wave.id) ?? []).map((one) => JSON.parse(one));
const tookPart = ({ pulse, wave }: World) => [...(pulse.tables.participations.get(wave.id) ?? [])];

describe("an answer", () => {
  it("is sealed for its wave with the reporting group, and the person is noted beside it, and nothing else", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const before = JSON.stringify([world.written, [...world.pulse.tables.waves]]);
    expect(await press(world, actor, "pulse.submit", { delivery: card.id, ...answers })).toContain("Your answers are in");
    expect(sealedIn(world)).toEqual([
      { key: "public key", response: { group: "North areas", choices: { "worn-out": 0, "energy-left": 4 } } },
    ]);
    expect(tookPart(world)).toEqual([[actor.person, "sent"]]);
    expect(JSON.stringify([world.written, [...world.pulse.tables.waves]])).toBe(before);
  });

  it("counts once, and the first counts", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
    for (const more of [answers, { "worn-out": "3" }, {}]) {
      expect(await press(world, actor, "pulse.submit", { delivery: card.id, ...more })).toContain(
        "You have already sent your answers; they can't be changed.",
      );
    }
    expect(sealedIn(world)).toHaveLength(1);
    expect(sealedIn(world)[0].response.choices["worn-out"]).toBe(0);
  });

  it("that is empty, or isn't on offer, is refused in a sentence and keeps nothing", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const empty = "refused: Nothing is filled in yet. Answer at least one question, or choose Not now.";
    expect(await press(world, actor, "pulse.submit", { delivery: card.id })).toBe(empty);
    expect(await press(world, actor, "pulse.submit", { delivery: card.id, "worn-out": "" })).toBe(empty);
    for (const odd of ["5", "-1", "00", "0,1", 0, "often", ["0"]]) {
      expect(await press(world, actor, "pulse.submit", { delivery: card.id, "worn-out": odd })).toMatch(/^refused: .+one of the answers on offer/);
    }
    expect([...tookPart(world), ...sealedIn(world)]).toEqual([]);
  });

  it("on somebody else's card, or by somebody who isn't asked, is refused", async () => {
    const world = await pulseWorld();
    const ana = await world.asked();
    const ben = await world.asked();
    const refused = "refused: This card was meant for somebody else, or isn't known here any more, so it can't be answered. Write “help” for what you can ask for.";
    for (const verb of ["pulse.submit", "pulse.skip", "pulse.unskip", "pulse.open", "pulse.notNow", "pulse.away", "pulse.remindTomorrow"]) {
      expect(await press(world, ben.actor, verb, { delivery: ana.card.id, ...answers })).toBe(refused);
    }
    world.pulse.tables.asked.set(world.wave.id, []);
    expect(await press(world, ana.actor, "pulse.submit", { delivery: ana.card.id, ...answers })).toBe(refused);
    expect([...tookPart(world), ...sealedIn(world)]).toEqual([]);
  });

  it("from the wave's last moment on is refused, also one that lost the race with the close", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const closed = "refused: This survey closed on Tuesday 8 December, 5pm, so nothing was changed.";
    const { sealing } = world.deps;
    const slow = { ...world.deps, sealing: { ...sealing, seal: async () => (world.clock.moveTo(at("2026-12-08T17:00")), "sealed") } };
    const submit = pulseVerbs(slow).find(({ verb }) => verb === "pulse.submit");
    expect(said(await submit?.handle(actor, { delivery: card.id, ...answers }))).toBe(closed);
    expect(await press(world, actor, "pulse.submit", { delivery: card.id, ...answers })).toBe(closed);
    expect(await press(world, actor, "pulse.skip", { delivery: card.id })).toBe(closed);
    expect([...tookPart(world), ...sealedIn(world)]).toEqual([]);
  });

  it("on a reminder that went with the close is refused in words that are true", async () => {
    const world = await pulseWorld();
    const { actor } = await world.asked();
    for (const verb of ["pulse.submit", "pulse.open"]) {
      const text = await press(world, actor, verb, { delivery: "019ab1c0-0000-7000-8000-00000000dead" });
      expect(text).toBe("refused: This card isn't in use any more: its survey has closed. Nothing was changed.");
    }
  });
});

it("reads choices in the instrument's order, whatever order they come in, and passes over what it doesn't ask", () => {
  const choices = choicesIn(defaultInstrument, { "burnt-out": "1", other: "9", "worn-out": "2" });
  expect(Object.entries(choices ?? {})).toEqual([["worn-out", 2], ["burnt-out", 1]]);
});

describe("somebody who doesn't answer now", () => {
  it("skips the wave and comes back, with nothing else written", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const before = JSON.stringify(world.written);
    expect(await press(world, actor, "pulse.notNow", { delivery: card.id })).toContain("Not now");
    expect(await press(world, actor, "pulse.skip", { delivery: card.id })).toContain("Skipped this time");
    expect(tookPart(world)).toEqual([[actor.person, "skipped"]]);
    expect(await press(world, actor, "pulse.unskip", { delivery: card.id })).toContain("How is work for you?");
    expect(tookPart(world)).toEqual([]);
    await press(world, actor, "pulse.skip", { delivery: card.id });
    expect(await press(world, actor, "pulse.submit", { delivery: card.id, ...answers })).toContain("Your answers are in");
    expect(await press(world, actor, "pulse.skip", { delivery: card.id })).toContain("Your answers are in");
    expect(tookPart(world)).toEqual([[actor.person, "sent"]]);
    expect(JSON.stringify(world.written)).toBe(before);
  });

  it("is reminded on the next working day, and taken for waiting again", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    await press(world, actor, "pulse.skip", { delivery: card.id });
    world.clock.moveTo(at("2026-11-27T10:00"));
    expect(await press(world, actor, "pulse.remindTomorrow", { delivery: card.id })).toBe("text: The card comes again on Monday 30 November.");
    expect(world.written.deliveries.at(-1)).toMatchObject({ purpose: "pulse-nudge", recipient: actor.person });
    expect(tookPart(world)).toEqual([]);
  });

  it("isn't reminded after the close, after stop, or once they have sent", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const stopped = await world.asked({ stoppedAt: at("2026-11-25T09:00") });
    expect(await press(world, stopped.actor, "pulse.remindTomorrow", { delivery: stopped.card.id })).toMatch(/^refused: You have said stop/);
    world.clock.moveTo(at("2026-12-08T10:00"));
    expect(await press(world, actor, "pulse.remindTomorrow", { delivery: card.id })).toMatch(/^refused: This survey closes on Tuesday 8 December, 5pm/);
    await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
    expect(await press(world, actor, "pulse.remindTomorrow", { delivery: card.id })).toContain("already sent");
    expect(world.written.deliveries.filter(({ purpose }) => purpose === "pulse-nudge")).toEqual([]);
  });

  it("says until when they are away", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    expect(await press(world, actor, "pulse.away", { delivery: card.id })).toContain("Last day away");
    expect(await press(world, actor, "pulse.setAway", { delivery: card.id, until: "2026-12-02" })).toContain("2026-12-02");
    expect(world.away).toEqual(["2026-12-02"]);
  });
});

it("leaves no trace of who pressed any of these buttons", async () => {
  const { deps } = await pulseWorld();
  expect(pulseVerbs(deps).filter(({ isConfidential }) => isConfidential !== true)).toEqual([]);
});

describe("a card that is about to go", () => {
  const drawn = async (world: World, purpose: string, moment: "send" | "refresh", recipient = world.written.deliveries[0]?.recipient) => {
    const [card] = world.written.deliveries.filter((one) => one.recipient === recipient);
    const source = pulseCardSources(world.deps).find((one) => one.purpose === purpose);
    if (card === undefined || source === undefined) throw new Error("no card");
    const content = (await source.render(someNetwork, [{ ...card, purpose: source.purpose }], moment)).get(card.id);
    return content?.kind === "card" ? looked(content.card).text.split("\n")[0] : `skip: ${content?.reason ?? ""}`;
  };

  it("goes while the wave is open, whatever its recipient did meanwhile: whether it went is kept", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    expect(await drawn(world, "pulse", "send")).toBe("How is work for you?");
    await press(world, actor, "pulse.skip", { delivery: card.id });
    expect(await drawn(world, "pulse", "send")).toBe("Skipped this time");
    await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
    expect(await drawn(world, "pulse", "send")).toBe("Thank you");
    world.clock.moveTo(at("2026-12-08T17:00"));
    expect(await drawn(world, "pulse", "send")).toBe("skip: The survey closed before the card could go.");
    expect(await drawn(world, "pulse", "refresh")).toBe("This survey has closed");
  });

  it.each(["pulse-reminder", "pulse-nudge"])("isn't needed any more as a %s, for one reason whatever they did", async (purpose) => {
    const needless = "skip: It is no longer needed.";
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    expect(await drawn(world, purpose, "send")).toBe("Reminder: how is work for you?");
    await press(world, actor, "pulse.skip", { delivery: card.id });
    expect(await drawn(world, purpose, "send")).toBe(needless);
    await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
    expect(await drawn(world, purpose, "send")).toBe(needless);
    world.clock.moveTo(at("2026-12-09T17:00"));
    expect(await drawn(world, purpose, "send")).toBe(needless);
  });

  it("isn't a reminder that was asked for before they went away", async () => {
    const world = await pulseWorld();
    const { person } = await world.asked();
    await world.save({ ...person, awayUntil: world.clock.now().toZonedDateTimeISO("Europe/London").toPlainDate() });
    expect(await drawn(world, "pulse-nudge", "send")).toBe("skip: It is no longer needed.");
    expect(await drawn(world, "pulse-reminder", "send")).toBe("Reminder: how is work for you?");
  });

  it("shows nothing to somebody who has left", async () => {
    const world = await pulseWorld();
    const { person } = await world.asked();
    await world.save({ ...person, leftOn: world.clock.now().toZonedDateTimeISO("Europe/London").toPlainDate() });
    expect(await drawn(world, "pulse", "send")).toBe("skip: They aren't asked any more.");
    expect(await drawn(world, "pulse", "refresh")).toBe("This card is no longer yours");
  });
});

describe("“pulse”", () => {
  const forLeads: BotCommand = {
    words: ["pulse"],
    help: "how it stands",
    allow: allow.networkLeads,
    handle: async () => [{ kind: "text", text: "As leads see it." }],
  };

  it("shows people their own card as things stand, and makes no delivery", async () => {
    const world = await pulseWorld();
    const { actor, card } = await world.asked();
    const before = JSON.stringify(world.written);
    const say = async (who: Actor) => (await pulseCommands(world.deps, [forLeads])[0]?.handle(who, ""))?.map(said) ?? [];
    expect(await say(actor)).toEqual([expect.stringMatching(/^How is work for you\?/)]);
    await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
    expect(await say(actor)).toEqual([expect.stringMatching(/^Thank you/)]);
    expect(JSON.stringify(world.written)).toBe(before);
    world.clock.moveTo(at("2026-12-08T17:00"));
    expect(await say(actor)).toEqual(["text: No survey is open for you at the moment."]);
  });

  it("shows the results once they are shared, whatever their own card still waits for, to those who were asked", async () => {
    const world = await pulseWorld();
    const { actor } = await world.asked();
    const say = async () => (await pulseCommands(world.deps, [])[0]?.handle(actor, ""))?.map(said);
    const closed = { ...world.wave, closedAt: at("2026-12-08T17:01"), sent: 185 };
    await world.pulse.store.publish(world.wave.id, [], someResults());
    await world.pulse.store.save(closed);
    world.clock.moveTo(at("2026-12-09T10:00"));
    expect(await say()).toEqual(["text: No survey is open for you at the moment."]);
    await world.pulse.store.save({ ...closed, sharedAt: at("2026-12-09T09:00") });
    expect(await say()).toEqual([expect.stringMatching(/^How is work for you\? The results/)]);
  });

  it("shows leads of the network how it stands, and their own card besides when they are asked", async () => {
    const world = await pulseWorld();
    const lead = await world.asked({ role: "lead", scope: { kind: "network" } });
    const replies = await pulseCommands(world.deps, [forLeads])[0]?.handle(lead.actor, "");
    expect(replies?.map(said)).toEqual(["text: As leads see it.", expect.stringMatching(/^How is work for you\?/)]);
  });
});

it("lists in a person's data where they were asked, and what they did until it is counted; erases what is closed", async () => {
  const world = await pulseWorld();
  const { actor, card } = await world.asked();
  const data = pulsePersonalData(world.deps);
  await press(world, actor, "pulse.submit", { delivery: card.id, ...answers });
  expect(await data.export(actor)).toEqual([
    { id: world.wave.id, kind: "survey", openedOn: "2026-11-24", reportingGroup: "North areas", youDid: "sent" },
  ]);
  expect(await data.erase?.(actor)).toBe(0);
  await world.pulse.store.save({ ...world.wave, closedAt: at("2026-12-08T17:01") });
  expect(await data.export(actor)).toMatchObject([{ youDid: null }]);
  expect(await data.erase?.(actor)).toBe(1);
  expect(await data.export(actor)).toEqual([]);
});
