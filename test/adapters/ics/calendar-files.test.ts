import { describe, expect, it } from "@jest/globals";
import { icsFiles } from "../../../src/adapters/ics/calendar-files.ts";
import type { CalendarEntry } from "../../../src/features/meetings/ports.ts";
import { at } from "../../builders/meetings.ts";
import { entryIn, linesOf } from "./reading.ts";

const joinUrl = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_YWJj%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d";

function entry(more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    uid: "040000008200E00074C5B7101A82E00800000000",
    version: 0,
    writtenAt: at("2026-11-03T10:05"),
    title: "Network meeting",
    description: "A meeting of Test network.",
    startsAt: at("2026-11-17T10:00"),
    endsAt: at("2026-11-17T11:30"),
    organiser: { name: "Test network", email: "meetings@network.example.org" },
    joinUrl,
    ...more,
  };
}

const read = (more: Partial<CalendarEntry> = {}) => entryIn(icsFiles().write(entry(more)));

describe("a calendar file", () => {
  it("says when, what, who organises it and where to join, and names nobody else", () => {
    expect(read()).toEqual({
      VERSION: "2.0",
      PRODID: "-//Steady//Meetings//EN",
      METHOD: "PUBLISH",
      UID: "040000008200E00074C5B7101A82E00800000000",
      SEQUENCE: "0",
      DTSTAMP: "20261103T100500Z",
      DTSTART: "20261117T100000Z",
      DTEND: "20261117T113000Z",
      SUMMARY: "Network meeting",
      DESCRIPTION: `A meeting of Test network.\n\nJoin on Teams: ${joinUrl}`,
      LOCATION: joinUrl,
      URL: joinUrl,
      ORGANIZER: "mailto:meetings@network.example.org",
      STATUS: "CONFIRMED",
    });
    expect(linesOf(icsFiles().write(entry()))).toContain('ORGANIZER;CN="Test network":mailto:meetings@network.example.org');
  });

  it.each([
    ["as summer time begins", "2027-03-28T00:30", "2027-03-28T02:30", "20270328T003000Z", "20270328T013000Z"],
    ["in the first week of summer time", "2027-03-30T10:00", "2027-03-30T11:30", "20270330T090000Z", "20270330T103000Z"],
    ["as summer time ends", "2026-10-25T00:30", "2026-10-25T02:30", "20261024T233000Z", "20261025T023000Z"],
    ["in the first week of winter time", "2026-10-27T10:00", "2026-10-27T11:30", "20261027T100000Z", "20261027T113000Z"],
  ])("has the right times %s", (_when, from, to, start, end) => {
    expect(read({ startsAt: at(from), endsAt: at(to) })).toMatchObject({ DTSTART: start, DTEND: end });
  });

  it("gives back umlauts, signs and line breaks as they were written, in lines that every program reads", () => {
    const title = "Größe, Łódź; \\ “x”: 😀".repeat(6);
    const description = "Erste Zeile\nSUMMARY:none\nEND:VEVENT";
    const file = icsFiles().write(entry({ title, description, joinUrl: null, organiser: { name: "Süd, Ost", email: "m@example.org" } }));
    expect(entryIn(file)).toMatchObject({ SUMMARY: title, DESCRIPTION: description, LOCATION: "Microsoft Teams" });
    expect(entryIn(file)).not.toHaveProperty("URL");
    expect(linesOf(file)).toContain('ORGANIZER;CN="Süd, Ost":mailto:m@example.org');
    expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(file.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(file.split("\r\n").map((line) => Buffer.byteLength(line)).filter((bytes) => bytes > 75)).toEqual([]);
  });

  it("has a higher version after each move, under the same id", () => {
    expect(read({ version: 2 })).toMatchObject({ UID: read().UID, SEQUENCE: "2" });
  });
});
