import type { Busy } from "../../src/features/meetings/calendar.ts";
import type { PlannedPerson } from "../../src/features/meetings/presence.ts";
import { propose } from "../../src/features/meetings/proposal.ts";
import { MeetingSettings } from "../../src/features/meetings/settings.ts";
import { asId, type PersonId } from "../../src/kernel/ids.ts";
import { momentOn, Temporal } from "../../src/kernel/time.ts";

export const zone = "Europe/London";
export const day = (text: string) => Temporal.PlainDate.from(text);
export const settingsWith = (more: object = {}) => MeetingSettings.parse(more);

export const personId = (number: number) => asId<PersonId>(`person-${String(number).padStart(3, "0")}`);
export const person = (number: number, more: Partial<PlannedPerson> = {}): PlannedPerson => ({
  id: personId(number),
  nonWorking: [],
  awayUntil: null,
  ...more,
});
/** People numbered from `first` to `last`. */
export const people = (first: number, last: number, more: Partial<PlannedPerson> = {}) =>
  Array.from({ length: last - first + 1 }, (_, nth) => person(first + nth, more));

/** Busy in London from and to the given local times. */
export const busyOn = (date: string, from = "09:00", to = "17:00"): Busy => ({
  startsAt: momentOn(day(date), from, zone),
  endsAt: momentOn(day(date), to, zone),
});

/** A proposal for the planned day, asked for a long time before it. */
export function proposalFor(plannedOn: string, asked: Partial<Parameters<typeof propose>[0]> = {}) {
  return propose({
    settings: settingsWith(),
    planned: { index: 0, on: day(plannedOn) },
    today: day("2026-08-01"),
    people: [],
    busy: null,
    history: [],
    ...asked,
  });
}
