import { describe, expect, it } from "@jest/globals";
import { CheckInSettings } from "../../../src/features/check-ins/settings.ts";
import { MeetingSettings } from "../../../src/features/meetings/settings.ts";
import { PulseSettings } from "../../../src/features/pulse/settings.ts";
import { changedIn, changeOf, draftOf, errorAt, valueOf } from "../../../src/tab/settings/drafts.ts";
import { type FieldInfo, settingsPages } from "../../../src/tab/settings/fields.ts";

const sections = { "check-ins": CheckInSettings, meetings: MeetingSettings, pulse: PulseSettings };
const avoid = [{ from: "2027-02-15", to: "2027-02-19", name: "Half term" }];
const stored = {
  "check-ins": CheckInSettings.parse({ firstOpensOn: "2026-11-24", reminderDays: [7], holidayOverrides: { add: ["2027-05-10"] } }),
  meetings: MeetingSettings.parse({ firstOn: "2026-12-08", avoid, quorum: 20 }),
  pulse: PulseSettings.parse({ areasInOrder: ["North Central", "North East"] }),
};
const fields = settingsPages.flatMap(({ groups }) => groups.flatMap((group) => group.fields));
const fieldOf = (path: string): FieldInfo => {
  const found = fields.find((field) => field.path === path);
  if (found === undefined) throw new Error(`There is no field for ${path}.`);
  return found;
};

describe("settings that are edited in a form", () => {
  it.each(fields)("come back as they were when nothing of $path is changed", (field) => {
    const value = valueOf(field.kind, draftOf(stored, field));
    const change = changeOf([[field.path, value]]);
    for (const [section, schema] of Object.entries(sections)) {
      const before: object = stored[section as keyof typeof stored];
      // As the server merges: objects key by key.
      const merged = mergedOf(before, change[section] ?? {});
      expect(schema.parse(merged)).toEqual(before);
    }
  });

  it("have a field for everything that can be set", () => {
    const known = Object.entries(stored).flatMap(([section, values]) =>
      Object.keys(values).map((key) => `${section}.${key}`),
    );
    const shown = new Set(fields.map(({ path }) => path.split(".").slice(0, 2).join(".")));
    expect(known.filter((path) => !shown.has(path))).toEqual([]);
  });

  it("send what isn't a number as it was typed, so that the server can say what is wrong", () => {
    const { kind } = fieldOf("meetings.everyWeeks");
    expect(valueOf(kind, "six")).toBe("six");
    expect(valueOf(kind, " 6 ")).toBe(6);
    expect(valueOf(kind, "")).toBe("");
  });

  it("are null when an optional one is emptied", () => {
    expect(valueOf(fieldOf("meetings.quorum").kind, "")).toBeNull();
    expect(valueOf(fieldOf("meetings.firstOn").kind, " ")).toBeNull();
    expect(valueOf(fieldOf("check-ins.guides.link_worker").kind, { low: "", high: "" })).toBeNull();
  });

  it("keep a guide range's other end when only one was typed", () => {
    expect(valueOf(fieldOf("check-ins.guides.link_worker").kind, { low: "180", high: "" })).toEqual({ low: 180, high: "" });
  });

  it("put two changes of the same part into one", () => {
    expect(
      changeOf([
        ["meetings.holidayOverrides.add", ["2027-05-10"]],
        ["meetings.holidayOverrides.remove", []],
        ["pulse.threshold", 12],
      ]),
    ).toEqual({ meetings: { holidayOverrides: { add: ["2027-05-10"], remove: [] } }, pulse: { threshold: 12 } });
  });

  it("are changed only where they differ from what is stored", () => {
    const typed = { "meetings.everyWeeks": " 6", "meetings.quorum": "25", "pulse.areasInOrder": "North Central\n\nNorth East" };
    expect(changedIn(fields, stored, typed)).toEqual([["meetings.quorum", 25]]);
    expect(changedIn(fields, stored, { "meetings.avoid": [] })).toEqual([["meetings.avoid", []]]);
  });

  it("show what is wrong with a row of a list at the list, once", () => {
    const errors = [
      { path: "meetings.avoid.0.to", message: "Half term: too early." },
      { path: "meetings.avoid.1.to", message: "Half term: too early." },
      { path: "meetings.avoidance", message: "Another one." },
    ];
    expect(errorAt(errors, "meetings.avoid")).toBe("Half term: too early.");
    expect(errorAt(errors, "meetings.title")).toBeNull();
  });
});

function mergedOf(before: object, change: object): object {
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(change)) {
    const old = result[key];
    const isObject = (one: unknown): one is object => typeof one === "object" && one !== null && !Array.isArray(one);
    result[key] = isObject(old) && isObject(value) ? mergedOf(old, value) : value;
  }
  return result;
}
