import { describe, expect, it } from "@jest/globals";
import { busyOn, day, people, personId, proposalFor, settingsWith } from "../../builders/planning.ts";

const wednesdays = { nonWorking: [{ weekday: 3, from: null, to: null }] };
/** Calendars of people 1 to `covered`, of whom the first `busy` are busy on the planned Wednesday. */
const calendars = (covered: number, busy: number) =>
  new Map(people(1, covered).map(({ id }, nth) => [id, nth < busy ? [busyOn("2027-06-16")] : []]));
const wednesday = (asked: Parameters<typeof proposalFor>[1] = {}) => proposalFor("2027-06-16", asked);
const best = ({ best: slot }: ReturnType<typeof proposalFor>) => String(slot?.date);

describe("a proposal", () => {
  it("keeps a planned day that suits most, even when another suits more", () => {
    const proposal = wednesday({ people: people(1, 70), busy: calendars(70, 28) });
    expect(proposal).toMatchObject({ plannedOn: day("2027-06-16"), index: 0, isFine: true });
    expect(proposal.slots[0]).toMatchObject({ isPlanned: true, counts: { busy: 28 } });
    expect(best(proposal)).toBe("2027-06-16");
  });

  it("offers another day once more than 40 in 100 are out", () => {
    const proposal = wednesday({ people: people(1, 70), busy: calendars(70, 29) });
    expect(proposal.isFine).toBe(false);
    expect(best(proposal)).toBe("2027-06-15");
    expect(proposal.slots.find((slot) => slot.isPlanned)?.reasons).toContain("29 of 70 busy");
  });

  it("shows eight days at most, with the planned one among them however bad it is", () => {
    const { slots } = wednesday({ people: people(1, 70), busy: calendars(70, 70) });
    expect(slots).toHaveLength(8);
    expect(slots.at(-1)?.isPlanned).toBe(true);
    expect(wednesday().slots).toHaveLength(8);
  });

  it.each([
    ["takes those not known to be like many known ones", 70, 20, 9, false],
    ["doesn't let a handful speak for everyone", 70, 17, 17, true],
    ["lets a quarter of everyone speak", 68, 17, 7, false],
    ["knows nobody, and so has nothing against it", 70, 0, 0, true],
  ])("%s", (_, everyone, covered, busy, isFine) => {
    expect(wednesday({ people: people(1, everyone), busy: calendars(covered, busy) }).isFine).toBe(isFine);
  });

  it("counts those who don't work then against everyone, as calendars aren't needed to know it", () => {
    const out = (nonWorking: number) =>
      wednesday({ people: [...people(1, nonWorking, wednesdays), ...people(nonWorking + 1, 70)] }).isFine;
    expect(out(28)).toBe(true);
    expect(out(29)).toBe(false);
  });

  it("holds nobody's absence against the day", () => {
    expect(wednesday({ people: people(1, 70, { awayUntil: day("2027-07-30") }) }).isFine).toBe(true);
  });

  it("doesn't keep a day that leaves out the same people again", () => {
    const all = [...people(1, 20, wednesdays), ...people(21, 70)];
    const leftOut = people(1, 20).map(({ id }) => id);
    expect(wednesday({ people: all, history: [] }).isFine).toBe(true);
    const again = wednesday({ people: all, history: [leftOut, leftOut] });
    expect(again.isFine).toBe(false);
    expect(best(again)).toBe("2027-06-15");
    expect(again.best?.reasons).toContain("may suit 20 whom the last meeting didn't suit");
    expect(wednesday({ people: all, history: [leftOut.slice(0, 10)] }).isFine).toBe(true);
  });

  it("has nothing to book when every day is too soon, and says why", () => {
    const proposal = wednesday({ today: day("2027-06-16") });
    expect(proposal).toMatchObject({ isFine: false, best: null });
    expect(proposal.slots[0]?.reasons).toEqual([
      "as planned",
      "before the earliest date that can still be booked (30 June)",
    ]);
  });

  it("gives the excluded of the best day, for the next history", () => {
    const all = [...people(1, 2, { nonWorking: [{ weekday: 2, from: null, to: null }] }), ...people(3, 10)];
    const settings = settingsWith({ avoid: [{ from: "2027-06-16", to: "2027-06-18", name: "Audit" }] });
    expect(wednesday({ people: all, settings, history: [[personId(1)]] }).best?.excluded).toEqual([]);
    expect(proposalFor("2027-06-15", { people: all }).best?.excluded).toEqual([personId(1), personId(2)]);
  });
});
