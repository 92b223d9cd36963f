import { describe, expect, it } from "@jest/globals";
import { loadCardTemplates } from "../../../src/adapters/cards/templates.ts";
import { confidentialPurposes } from "../../../src/features/deliveries/model.ts";
import {
  awayCard,
  closedCard,
  formCard,
  noLongerYoursCard,
  notNowCard,
  presentCard,
  skippedCard,
  thankYouCard,
} from "../../../src/features/pulse/cards.ts";
import { pulseLinkWords } from "../../../src/features/pulse/link-words.ts";
import type { WaveResults } from "../../../src/features/pulse/model.ts";
import { resultCard } from "../../../src/features/pulse/result-card.ts";
import { PulseSettings } from "../../../src/features/pulse/settings.ts";
import { supportLines } from "../../../src/features/pulse/support.ts";
import type { PulseView } from "../../../src/features/pulse/views.ts";
import { keptInWords } from "../../../src/features/pulse/words.ts";
import { looked } from "../../app/card-in-chat.ts";
import { aPulseDelivery, aPulseView, at, aWave, someResults } from "../../builders/pulse.ts";
import { aPerson } from "../../builders/roster.ts";
import { cardFaults, markdownFaults } from "../../support/card-rules.ts";
import { microsoftsCheck } from "../../support/card-schema.ts";

const templates = loadCardTemplates();
const present = (more: Partial<PulseView> = {}) => looked(presentCard(templates, aPulseView(more)));
const closed = aWave({ closedAt: at("2026-12-08T17:01"), sent: 185 });
const later = at("2026-12-10T09:30");
const results = (more: Partial<WaveResults> = {}, wave = closed) =>
  looked(resultCard(templates, { ...aPulseView({ wave, now: later }), results: someResults(more) })).text;

/** Every line, with the sentence that nobody watches over what comes in. */
function expectAllSupportLines(text: string) {
  for (const line of supportLines(PulseSettings.parse({}))) expect(text).toContain(line);
  expect(text).toContain("This is not monitored.");
}

describe("the card that asks", () => {
  it("says what is kept and what isn't before the first question", () => {
    const { text } = present();
    expect(text.startsWith("How is work for you?\n")).toBe(true);
    expect(text).toContain("Open until Tuesday 8 December, 5pm.");
    const [before, after] = text.split("Do you feel worn out at the end of the working day?");
    expect(before).toContain(keptInWords("North areas", 10, "teams"));
    expect(after).toContain("Do you feel burnt out because of your work?");
    expect(after).toContain("Sent by Steady for Test network.");
  });

  it("asks every item as one optional choice, none chosen, as expanded buttons, and takes no text", () => {
    const { instrument } = aWave();
    const inputs = JSON.stringify(presentCard(templates, aPulseView())).match(/"type":"Input\.\w+"/g);
    expect(inputs).toEqual(instrument.items.map(() => '"type":"Input.ChoiceSet"'));
    expect(present().inputs).toEqual({});
    const card = JSON.stringify(presentCard(templates, aPulseView()));
    expect(card.match(/"style":"expanded"/g)).toHaveLength(7);
    expect(card).not.toContain('"isRequired":true');
    expect(card).not.toContain('"isMultiSelect":true');
  });

  it("sends the place of each choice, and nothing typed with Not now", () => {
    const card = present();
    const sent = card.pressed("Send", { "worn-out": "0", "burnt-out": "4" });
    expect(sent).toMatchObject({ verb: "pulse.submit", data: { delivery: aPulseDelivery().id } });
    expect(sent.inputs).toEqual({ "worn-out": "0", "burnt-out": "4" });
    expect(card.pressed("Not now", { "worn-out": "0" }).inputs).toEqual({});
  });

  it("says that it reminds, and by what way one is known on a link's page", () => {
    const reminder = present({ delivery: aPulseDelivery("pulse-reminder", { channel: "link" }) });
    expect(reminder.text.startsWith("Reminder: how is work for you?\n")).toBe(true);
    expect(reminder.text).toContain("Your link tells us who pressed Send");
  });
});

describe("the card of somebody who sent", () => {
  it("thanks, shows every support line and says when results come", () => {
    const card = present({ participation: "sent" });
    expect(card.text).toContain("Thank you");
    expect(card.text).toContain("Results come after the survey closes on Tuesday 8 December, 5pm, once the network's lead has shared them.");
    expectAllSupportLines(card.text);
    expect(card.buttons).toEqual([]);
  });

  it("says to those who send again that the first answers stand", () => {
    const { text } = looked(thankYouCard(templates, aPulseView({ participation: "sent" }), true));
    expect(text).toContain("You have already sent your answers; they can't be changed.");
    expectAllSupportLines(text);
  });
});

it("lets those who skip come back, and shows them every support line", () => {
  const card = present({ participation: "skipped" });
  expect(card.text).toContain("Skipped this time");
  expect(card.buttons).toEqual(["Answer after all"]);
  expectAllSupportLines(card.text);
});

it("offers the ways not to answer now", () => {
  const { buttons } = looked(notNowCard(templates, aPulseView()));
  expect(buttons).toEqual(["Remind me tomorrow", "Skip this survey", "I'm away", "Back to the questions"]);
});

describe("the card of a survey that is over", () => {
  const over = (more: Partial<PulseView> = {}) => present({ now: later, wave: closed, results: someResults(), ...more });

  it("is the same for everybody, whatever they did and whichever group they are in", () => {
    const asked = over();
    expect(over({ participation: "sent" }).text).toBe(asked.text);
    expect(over({ participation: "skipped", group: null }).text).toBe(asked.text);
    expect(asked.text).toContain("This survey has closed");
    expect(asked.text).toContain("Results come once the network's lead has shared them.");
    expect(asked.buttons).toEqual([]);
    expectAllSupportLines(asked.text);
  });

  it("is closed from its last moment on, while it is still being counted", () => {
    expect(present({ now: at("2026-12-08T17:00") }).text).toContain("This survey has closed");
    expect(present({ now: at("2026-12-08T16:59") }).text).toContain("How is work for you?");
  });

  it("says that results were shared, or that there are none", () => {
    expect(over({ wave: { ...closed, sharedAt: later } }).text).toContain("have been shared");
    expect(over({ wave: { ...closed, isLost: true } }).text).toContain("The key to its answers was lost");
  });
});

it("shows nothing of the survey to somebody who has left", () => {
  const card = present({ isTheirs: false });
  expect(card.text).toContain("This card is no longer yours");
  expect(card.text).not.toMatch(/survey|North/);
});

describe("the card of results", () => {
  it("says the score with its margin, whom it covers, the response rate, and whom to cite", () => {
    const text = results();
    expect(text).toContain("Work-related burnout: 54 out of 100, give or take 4");
    expect(text).toContain("About 185 of about 310 people answered (60%).");
    expect(text).toContain("Asked: about 70 managers and about 240 team members.");
    expect(text).toContain("Kristensen TS, Borritz M, Villadsen E, Christensen KB.");
    expect(text).toContain("Tuesday 24 November to Tuesday 8 December");
    expectAllSupportLines(text);
  });

  it("shows groups, and says why one is withheld", () => {
    expect(results()).toContain("North areas (North Central, North East, North West): 52 out of 100, give or take 6");
    expect(results()).toContain(
      "The score of South areas (South East, South West) isn't shown, because it would single out fewer than 10 people.",
    );
    expect(results({ groups: [] })).toContain("one result for all");
  });

  it("shows how scores spread, with what must be said beside bands", () => {
    expect(results()).toContain("50 to 74: 40%\n75 to 99 or 100: 15%\nBands that are often used; they are no diagnosis.");
    expect(results({ bands: { kind: "suppressed", why: "too-few" } })).toContain("It isn't shown, because it would single out fewer than 10 people.");
  });

  it.each(["too-few", "unanimous", "lost"] as const)("says why there is no score: %s", (why) => {
    const withheld = { kind: "suppressed", why } as const;
    const text = results({ score: withheld, bands: withheld, groups: [] });
    expect(text).toContain("Work-related burnout: no score\nIt isn't shown, because");
    expect(text).not.toContain("out of 100");
    expectAllSupportLines(text);
  });
});

it("puts no figure, no group and nothing that anybody answered into a mail", () => {
  const lead = aPerson({ name: "Lea", email: "lea@example.org" });
  for (const purpose of confidentialPurposes) {
    const view = aPulseView({ delivery: aPulseDelivery(purpose), results: someResults(), lead });
    const words = pulseLinkWords(view);
    expect(JSON.stringify([words.subject, words.lines, words.seenBy])).not.toMatch(/North|South|54|60%|185/);
    expect(words).toMatchObject({ from: { name: "Lea" }, network: "Test network" });
    const isResult = purpose === "pulse-result";
    expect(words.until.toString()).toBe(isResult ? "2026-12-23T10:00:00Z" : aWave().closesAt.toString());
  }
});

describe("every card", () => {
  const odd = "*Bold* [x](http://y) <b>_n_</b>";
  const group = { name: odd, members: [odd, "Two"] };
  const view = aPulseView({ network: odd, group: odd, supportLines: [odd] });
  const facts = { ...view, wave: closed, results: someResults({ groups: [{ ...group, score: someResults().score }] }) };
  const cards: [string, object][] = [
    ["asking", formCard(templates, view)],
    ["thanking", thankYouCard(templates, view, false)],
    ["thanking again", thankYouCard(templates, view, true)],
    ["skipped", skippedCard(templates, view)],
    ["not now", notNowCard(templates, view)],
    ["away", awayCard(templates, view)],
    ["closed", closedCard(templates, { ...view, wave: closed })],
    ["no longer theirs", noLongerYoursCard(templates, odd)],
    ["results", resultCard(templates, facts)],
  ];

  it.each(cards)("keeps to the rules: %s", (_, card) => {
    expect(cardFaults(card)).toEqual([]);
    expect(microsoftsCheck()?.(card) ?? []).toEqual([]);
    expect(markdownFaults(card, [odd])).toEqual([]);
    expect(JSON.stringify(card).length * 2).toBeLessThan(28 * 1024);
  });
});
