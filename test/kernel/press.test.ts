import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { type Actor, allow } from "../../src/kernel/actor.ts";
import { cardVerb, type Reply } from "../../src/kernel/bot.ts";
import { asId } from "../../src/kernel/ids.ts";
import { pressButton } from "../../src/kernel/press.ts";

const ana: Actor = {
  network: asId("network-1"),
  person: asId("person-ana"),
  name: "Ana",
  role: "manager",
  scope: null,
  managesTeams: true,
};

/** A button of each kind, and what was recorded of those that were pressed. */
function buttons() {
  const deeds: string[] = [];
  const count = z.object({ count: z.number({ error: "Give the count as a number." }) });
  const reply: Reply = { kind: "text", text: "Noted." };
  const shared = { allow: allow.everyone, data: count, handle: () => Promise.resolve(reply) };
  const verbs = [
    cardVerb({ ...shared, verb: "count.open" }),
    cardVerb({ ...shared, verb: "count.lead", allow: allow.leads }),
    cardVerb({ ...shared, verb: "vote.send", isConfidential: true }),
    cardVerb({ ...shared, verb: "vote.lead", isConfidential: true, allow: allow.leads }),
  ];
  const app = {
    verbs: new Map(verbs.map((verb) => [verb.verb, verb])),
    acted: async (_actor: Actor, { name, outcome }: { name: string; outcome: string }) => void deeds.push(`${name} ${outcome}`),
  };
  return { deeds, press: (verb: string, data: Readonly<Record<string, unknown>> = { count: 1 }) => pressButton(app, ana, { verb, data }) };
}

describe("a pressed button", () => {
  it("is recorded with what came of it", async () => {
    const { deeds, press } = buttons();
    expect(await press("count.open")).toEqual({ outcome: "done", reply: { kind: "text", text: "Noted." } });
    await press("count.open", {});
    await press("count.lead");
    expect(deeds).toEqual(["count.open done", "count.open bad-data", "count.lead forbidden"]);
  });

  it("does the same when it is confidential, and nothing is recorded, whatever comes of it", async () => {
    const { deeds, press } = buttons();
    expect(await press("vote.send")).toMatchObject({ outcome: "done", reply: { text: "Noted." } });
    expect(await press("vote.send", {})).toMatchObject({ outcome: "bad-data", reply: { text: "Give the count as a number." } });
    expect(await press("vote.lead")).toMatchObject({ outcome: "forbidden" });
    expect(deeds).toEqual([]);
  });

  it("is nothing when nobody knows it", async () => {
    expect(await buttons().press("count.gone")).toBeNull();
  });
});
