import { describe, expect, it } from "@jest/globals";
import { loadCardTemplates } from "../../../src/adapters/cards/templates.ts";
import { notesCard, quorumCard } from "../../../src/features/meetings/announcement-cards.ts";
import {
  answeredCard,
  askingCard,
  cancelledCard,
  dayBeforeCard,
  noLongerYoursCard,
  presentCard,
} from "../../../src/features/meetings/cards.ts";
import { meetingLinkWords } from "../../../src/features/meetings/link-words.ts";
import { purposes } from "../../../src/features/deliveries/model.ts";
import type { MeetingView } from "../../../src/features/meetings/views.ts";
import { whenInWords } from "../../../src/features/meetings/words.ts";
import { looked } from "../../app/card-in-chat.ts";
import { aMeeting, aMeetingView, anRsvp, at } from "../../builders/meetings.ts";
import { day } from "../../builders/planning.ts";
import { cardFaults, markdownFaults } from "../../support/card-rules.ts";
import { microsoftsCheck } from "../../support/card-schema.ts";

const templates = loadCardTemplates();
const today = day("2026-11-03");

const saidYes = (more: Partial<MeetingView> = {}): MeetingView => {
  const answer = anRsvp(1);
  return aMeetingView({ answer, last: answer, place: "coming", ...more });
};
const purpose = (name: MeetingView["delivery"]["purpose"], view: MeetingView): MeetingView => ({
  ...view,
  delivery: { ...view.delivery, purpose: name },
});
const present = (view: MeetingView) => looked(presentCard(templates, view));
const joinUrlsOf = (card: object) => (card as { actions?: { url?: string }[] }).actions?.flatMap(({ url }) => url ?? []);

describe("when a meeting is, in words", () => {
  it.each([
    ["Tuesday 17 November, 10am to 11.30am, on Teams", {}, today],
    ["Tuesday 17 November 2026, 10am to 11.30am, on Teams", {}, day("2027-01-04")],
    ["Tuesday 17 November, 11am to 12.30pm (Europe/Paris time), on Teams", { zone: "Europe/Paris" }, today],
  ])("is %s", (words, more, on) => {
    expect(whenInWords(aMeeting(more), on)).toBe(words);
  });
});

describe("the card that asks", () => {
  it("says what, when, who sends it and who sees the answer, and shows no name until somebody wants it", () => {
    const card = present(aMeetingView());
    expect(card.text).toContain("Network meeting\nTuesday 17 November, 10am to 11.30am, on Teams\nCan you come?");
    expect(card.text).toContain("Sent by Steady for Test network. The network's leads see your answer. Others see counts only");
    expect(card.buttons).toEqual(["Yes", "Maybe", "No", "Remind me tomorrow"]);
    expect(card.inputs).toEqual({});
  });

  it("sends the answer with what was typed", () => {
    const { verb, data, inputs } = present(aMeetingView()).pressed("Maybe", { raise: "Waiting lists", listed: "listed" });
    expect({ verb, inputs }).toEqual({ verb: "meeting.rsvp", inputs: { raise: "Waiting lists", listed: "listed" } });
    expect(data).toMatchObject({ answer: "maybe", delivery: aMeetingView().delivery.id });
  });

  it("starts from what was given when it is to be changed, and says what that was", () => {
    const answer = anRsvp(1, { answer: "maybe", raise: "Waiting lists", isListed: true });
    const card = looked(askingCard(templates, aMeetingView({ answer, last: answer }), null));
    expect(card.inputs).toEqual({ raise: "Waiting lists", listed: "listed" });
    expect(card.text).toContain("You said maybe. You can change it until the meeting starts.");
    expect(card.buttons).toEqual(["Yes", "Maybe", "No"]);
  });

  it("shows what to change and keeps the rest when something can't be taken", () => {
    const filled = { raise: "", isListed: true, error: "This looks like an NHS number." };
    const card = looked(askingCard(templates, aMeetingView(), filled));
    expect(card.text).toContain("Your answer isn't recorded yet.");
    expect(card.text).toContain("This looks like an NHS number.");
    expect(card.inputs["listed"]).toBe("listed");
  });

  it("asks anew after a move, and takes an answer to the earlier time for none", () => {
    const last = anRsvp(1, { raise: "Waiting lists" });
    const view = aMeetingView({ last, event: aMeeting({ movedAt: at("2026-11-04T12:00") }), now: at("2026-11-04T12:01") });
    const card = present(purpose("moved", view));
    expect(card.text).toContain("Moved: Network meeting");
    expect(card.text).toContain("The meeting has moved to this time. Can you come? You said yes to the earlier time.");
    expect(card.inputs["raise"]).toBe("Waiting lists");
  });

  it("doesn't speak of a move to somebody who never saw the earlier time", () => {
    const view = aMeetingView({ event: aMeeting({ movedAt: at("2026-10-20T12:00") }) });
    expect(present(view).text).not.toContain("moved");
  });
});

describe("the card of somebody who has answered", () => {
  it("shows the answer, where it was given and the counts of that moment", () => {
    const answer = anRsvp(1, { answer: "maybe", from: "calendar", answeredAt: at("2026-11-02T16:40") });
    const areas = [
      { area: "North Central", counts: { yes: 5, maybe: 2, no: 1 } },
      { area: null, counts: { yes: 0, maybe: 1, no: 0 } },
    ];
    const card = present(aMeetingView({ answer, last: answer, areas, named: ["Ana", "Ben", "Cem"] }));
    expect(card.text).toContain("You said maybe\nAnswered in your calendar at 4.40pm on Monday 2 November.");
    expect(card.text).toContain("Answers up to 10.05am on Tuesday 3 November\nNorth Central: 5 yes, 2 maybe\nNo area: 1 maybe");
    expect(card.text).toContain("Ana, Ben and Cem");
    expect(card.buttons).toEqual(["Change answer"]);
  });

  it.each([
    ["yes, with a place", { place: "coming" }, 1],
    ["yes, waiting for a place", { place: 3 }, 0],
    ["maybe", { answer: anRsvp(1, { answer: "maybe" }), place: null }, 1],
    ["no", { answer: anRsvp(1, { answer: "no" }), place: null }, 0],
  ] as const)("has the way in for those who may use it: %s", (_, more, links) => {
    expect(joinUrlsOf(answeredCard(templates, saidYes(more)))).toHaveLength(links);
    expect(joinUrlsOf(dayBeforeCard(templates, saidYes(more)))).toHaveLength(links);
  });

  it("says the number on the waiting list", () => {
    expect(present(saidYes({ place: 3 })).text).toContain("You're on the waiting list: number 3\nYou said yes.");
  });

  it("links to nothing that isn't https", () => {
    const event = aMeeting({ calendar: { ...aMeeting().calendar, joinUrl: "javascript:alert(1)" } });
    expect(joinUrlsOf(answeredCard(templates, saidYes({ event })))).toEqual([]);
  });
});

describe("the card of a meeting that takes no answers", () => {
  it.each([
    ["This meeting has started", "2026-11-17T10:00", 1],
    ["This meeting has been", "2026-11-17T11:30", 0],
  ])("says “%s”, and has no button to answer with", (words, wallClock, links) => {
    const view = saidYes({ now: at(wallClock) });
    expect(present(view).text).toContain(words);
    expect(present(view).buttons).toEqual([]);
    expect(joinUrlsOf(presentCard(templates, view)) ?? []).toHaveLength(links);
  });

  it("says that and when it was cancelled", () => {
    const card = present(saidYes({ event: aMeeting({ cancelledAt: at("2026-11-02T15:00") }) }));
    expect(card.text).toContain("Tuesday 17 November, 10am to 11.30am, on Teams\nThis meeting is cancelled\nIt was cancelled on Monday 2 November.");
    expect(card.buttons).toEqual([]);
  });
});

it("tells leads how many are missing, and stops saying so once there are enough", () => {
  const counts = { yes: 4, maybe: 2, no: 1 };
  const view = purpose("quorum", aMeetingView({ quorum: 8, counts, invited: 70 }));
  const text = (shown: MeetingView) => looked(quorumCard(templates, shown)).text;
  expect(text(view)).toContain("4 of 8 needed have said yes");
  expect(text(view)).toContain("Maybe: 2. No: 1. Not answered: 63 of 70 invited.");
  expect(text({ ...view, counts: { ...counts, yes: 8 } })).toContain("8 have said yes; 8 are needed");
});

it("says nobody's answer and no figure in a mail, and that the link lasts as long as it is of use", () => {
  const event = aMeeting({ notes: { text: "We met.", actions: [] } });
  const view = saidYes({ event, named: ["Ana"], areas: [{ area: "North Central", counts: { yes: 5, maybe: 0, no: 0 } }] });
  const ends = Object.fromEntries(
    purposes.map((name) => {
      const words = meetingLinkWords(purpose(name, view));
      expect(JSON.stringify([words.subject, words.lines])).not.toMatch(/Ana|You said|North Central|\b5\b|We met/);
      return [name, words.until.toString()];
    }),
  );
  expect(ends).toMatchObject({ rsvp: event.startsAt.toString(), moved: event.startsAt.toString() });
  expect(ends["day-before"]).toBe(event.endsAt.toString());
  expect(ends["notes"]).toBe("2026-12-01T11:30:00Z");
});

describe("every card", () => {
  const odd = "*Bold* [x](http://y) <b>_n_</b>";
  const notes = { text: `${odd}\n\nSecond`, actions: [{ what: odd, who: odd, dueOn: "2026-12-01" }, { what: "x", who: "", dueOn: null }] };
  const event = aMeeting({ title: odd, notes, capacity: 5 });
  const answer = anRsvp(1, { raise: odd, isListed: true });
  const full = { event, answer, last: answer, place: "coming", named: [odd], areas: [{ area: odd, counts: { yes: 1, maybe: 1, no: 0 } }] } as const;
  const view = aMeetingView({ ...full, network: odd, quorum: 8, agenda: [odd, "Second"] });
  const cards: [string, object][] = [
    ["asking", askingCard(templates, { ...view, answer: null }, null)],
    ["asking again", askingCard(templates, view, { raise: odd, isListed: true, error: "Shorten it." })],
    ["answered", answeredCard(templates, view)],
    ["waiting", answeredCard(templates, { ...view, place: 2 })],
    ["the day before", dayBeforeCard(templates, view)],
    ["held", presentCard(templates, { ...view, now: at("2026-11-18T10:00") })],
    ["cancelled", cancelledCard(templates, { ...view, event: { ...event, cancelledAt: at("2026-11-02T15:00") } })],
    ["no longer theirs", noLongerYoursCard(templates, odd)],
    ["notes", notesCard(templates, view)],
    ["no notes", notesCard(templates, { ...view, event: { ...event, notes: null } })],
    ["quorum", quorumCard(templates, view)],
  ];

  it.each(cards)("keeps to the rules: %s", (_, card) => {
    expect(cardFaults(card)).toEqual([]);
    expect(microsoftsCheck()?.(card) ?? []).toEqual([]);
    expect(markdownFaults(card, [odd])).toEqual([]);
  });
});
