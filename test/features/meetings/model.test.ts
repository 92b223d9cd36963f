import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { answers } from "../../../src/features/meetings/constants.ts";
import {
  type Answer,
  isStale,
  type NewAnswer,
  placesOf,
  type Rsvp,
  takesAnswers,
  withAnswer,
} from "../../../src/features/meetings/model.ts";
import { changedPlaces, isTakenOff, placesByPerson, standing } from "../../../src/features/meetings/standing.ts";
import { aMeeting, anInvitee, anRsvp, at } from "../../builders/meetings.ts";
import { personId } from "../../builders/planning.ts";

const minute = (nth: number) => at("2026-11-03T10:00").add({ minutes: nth });
const given = (answer: Answer, nth: number, from: Rsvp["from"] = "card"): NewAnswer => ({ answer, answeredAt: minute(nth), from });
const blank = anRsvp(1);

describe("the answer that counts", () => {
  it("is the newest by its own time, in whatever order they arrive and wherever they were given", () => {
    const moments = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 8 });
    const arrivals = moments.chain((nths) =>
      fc.tuple(...nths.map((nth) => fc.record({ nth: fc.constant(nth), answer: fc.constantFrom(...answers), from: fc.constantFrom("card", "calendar") }))),
    );
    fc.assert(
      fc.property(arrivals, (arriving) => {
        const counted = arriving.reduce<Rsvp | null>(
          (before, { answer, nth, from }) => withAnswer(before, given(answer, nth, from), blank) ?? before,
          null,
        );
        const newest = arriving.toSorted((a, b) => b.nth - a.nth)[0];
        expect(counted).toMatchObject({ answer: newest?.answer, from: newest?.from, answeredAt: minute(newest?.nth ?? 0) });
      }),
    );
  });

  it("is one when the same comes twice", () => {
    const first = withAnswer(null, given("yes", 1), blank);
    expect(withAnswer(first, given("yes", 1), blank)).toBeNull();
  });

  it("keeps its place in the waiting list when yes is said again, and loses it with another answer", () => {
    const yes = withAnswer(null, given("yes", 1), blank);
    const again = withAnswer(yes, given("yes", 5, "calendar"), blank);
    expect(again?.yesSince).toEqual(minute(1));
    const back = withAnswer(withAnswer(again, given("no", 6), blank), given("yes", 7), blank);
    expect(back?.yesSince).toEqual(minute(7));
  });
});

describe("places", () => {
  const inOrder = [3, 1, 2].map((number, nth) => anRsvp(number, { answer: "yes", answeredAt: minute(nth), yesSince: minute(nth) }));

  it("go to those who said yes first, and the others wait in that order", () => {
    expect(placesOf(inOrder, 1)).toEqual({ coming: [personId(3)], waiting: [personId(1), personId(2)] });
    expect(placesOf(inOrder, null).waiting).toEqual([]);
    expect([...placesByPerson(inOrder, 1).values()]).toEqual(["coming", 1, 2]);
  });

  it("fill by themselves when somebody can't come after all, and change only for those who moved up", () => {
    const without = inOrder.filter(({ person }) => person !== personId(1));
    const changed = changedPlaces(placesByPerson(inOrder, 1), placesByPerson(without, 1));
    expect([...changed].sort()).toEqual([personId(1), personId(2)]);
    expect(changedPlaces(placesByPerson(inOrder, null), placesByPerson(without, null))).toEqual(new Set([personId(1)]));
  });
});

describe("an answer", () => {
  const moved = aMeeting({ movedAt: minute(10) });

  it("says nothing about a time that the meeting was moved to later", () => {
    expect(isStale(moved, { answeredAt: minute(9) })).toBe(true);
    expect(isStale(moved, { answeredAt: minute(10) })).toBe(false);
    expect(isStale(aMeeting(), { answeredAt: minute(9) })).toBe(false);
  });

  it("doesn't count once its meeting has moved or its person was taken off", () => {
    const rsvps = [anRsvp(1, { answeredAt: minute(9) }), anRsvp(2, { answeredAt: minute(11) }), anRsvp(3, { answeredAt: minute(11) })];
    const invitees = [anInvitee(1), anInvitee(2), anInvitee(3, { removedAt: minute(12) })];
    expect(standing(moved, rsvps, invitees).map(({ person }) => person)).toEqual([personId(2)]);
  });

  it("is taken until the start, and not of a cancelled meeting", () => {
    const meeting = aMeeting();
    expect(takesAnswers(meeting, meeting.startsAt.subtract({ milliseconds: 1 }))).toBe(true);
    expect(takesAnswers(meeting, meeting.startsAt)).toBe(false);
    expect(takesAnswers({ ...meeting, cancelledAt: minute(1) }, minute(2))).toBe(false);
  });
});

it("takes nobody for taken off whose address changed, or who was never invited", () => {
  const changed = [anInvitee(1, { removedAt: minute(1) }), anInvitee(1, { email: "new@example.org" })];
  expect(isTakenOff(changed, personId(1))).toBe(false);
  expect(isTakenOff(changed, personId(2))).toBe(false);
  expect(isTakenOff(changed.slice(0, 1), personId(1))).toBe(true);
});
