import { describe, expect, it } from "@jest/globals";
import type { PlanOptions } from "../attacks/plan.ts";
import { answersInBytes } from "../attacks/raw-answers.ts";
import { peopleInBytes } from "../attacks/raw-people.ts";
import { answersIn } from "../attacks/responses.ts";
import { planFrom } from "../attacks/plan.ts";
import { survey } from "../attacks/survey.ts";
import { leaksIn } from "../attacks/trials.ts";

/** Larger ones are attacked in test/long. */
const sizes = [12, 16, 24, 40];
const few = (seed: number): PlanOptions => ({
  people: sizes[seed % sizes.length]!,
  engine: seed % 2 === 0 ? "embedded" : "server",
  waves: seed % 3 === 0 ? 2 : 1,
});

describe("an attacker with everything but the key", () => {
  it("tells who said what no better than by guessing within the published group", async () => {
    expect(await leaksIn({ seeds: [2, 3], options: few })).toBe("");
  }, 180_000);

  it.each(["embedded", "server"] as const)("is given answers and people in the raw bytes of the %s engine, and every row", async (engine) => {
    const [wave] = await survey(planFrom(5, { people: 30, rate: 0.8, waves: 1, engine }));
    const { after, before, tookPart, roster, api } = wave!.evidence;
    const answers = answersIn(wave!.evidence);
    expect(answers.map(({ vector }) => vector)).toHaveLength(tookPart.size);
    const [files, log] = ["files", "wal"].map((kind) => after.raw.find((one) => one.kind === kind)!.bytes);
    // A server whose folder isn't on this machine can't be read.
    expect(answersInBytes(files!, wave!.evidence).length).toBeGreaterThanOrEqual(answers.length);
    expect(answersInBytes(log!, wave!.evidence).length).toBeGreaterThanOrEqual(answers.length);
    expect(new Set(peopleInBytes(log!, { roster }).map(({ what }) => what)).size).toBeGreaterThanOrEqual(tookPart.size);
    expect(before.tables.get("public.pulse_sealed")).toHaveLength(tookPart.size);
    expect(after.tables.get("public.pulse_sealed")).toEqual([]);
    expect(after.tables.get("public.pulse_participations")).toEqual([]);
    expect([...after.tables.keys()]).toEqual(expect.arrayContaining(["public.audit_log", "pgboss.job_common"]));
    expect(api.filter(({ body }) => JSON.stringify(body).includes("\"score\"")).map(({ as }) => as).sort()).toEqual(
      expect.arrayContaining(["areaLead", "lead", "manager", "viewer"]),
    );
  });

  it("finds no single answers where fewer than ten answered, and none of a wave once the next has opened", async () => {
    const [wave] = await survey(planFrom(7, { people: 24, rate: 0.2, waves: 1, engine: "server" }));
    expect(wave!.truth.size).toBeGreaterThan(0);
    expect(wave!.truth.size).toBeLessThan(10);
    expect(answersIn(wave!.evidence)).toEqual([]);
    const [, second] = await survey(planFrom(8, { people: 24, rate: 1, waves: 2, joiners: 1, leavers: 0, stability: 1, engine: "server" }));
    const { evidence } = second!;
    expect(answersIn(evidence)).toHaveLength(25);
    for (const { tables } of [evidence.before, evidence.after, evidence.later]) {
      const waves = (tables.get("public.pulse_responses") ?? []).map(({ values }) => values["wave"]);
      expect(waves).not.toContain(evidence.earlier!.wave);
    }
    for (const { kind, bytes } of evidence.before.raw) {
      if (kind === "files") expect(answersInBytes(bytes, evidence)).toEqual([]);
    }
  });
});
