import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { cardFaults, markdownFaults } from "../support/card-rules.ts";
import { microsoftsCheck } from "../support/card-schema.ts";
import { looked } from "./card-in-chat.ts";
import { choices, workforce } from "./pulse-people.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

/** Teams' advice for one card; ours stay far below what an activity may hold. */
const maxBytes = 28 * 1024;

const oddName = "Ana *Silva* [x](http://y)";
const oddTeam = "North_&_South <b>link</b> `workers`";

/** Everything that any chat showed, the cards in between included, told by what each begins with. */
async function collector(app: TestApp, emails: readonly string[]) {
  const byAccount = new Map(await Promise.all(emails.map(async (email) => [await app.accountOf(email), email] as const)));
  const cards = new Map<string, object>();
  app.connector.onChange(({ person, id }) => {
    if (person === null || id === undefined || !byAccount.has(person)) return;
    const message = app.connector.client(person).messages().find((one) => one.id === id);
    if (message?.card != null) cards.set(JSON.stringify(message.card), message.card);
  });
  return cards;
}

const titleOf = (card: object): string => (card as { body: { text: string }[] }).body[0]?.text ?? "";

/** Takes four teams, a deputy and a lead through everything that a round has. */
async function playEverything() {
  const wte = { link_worker_wte: "2.6", care_coordinator_wte: "1", health_coach_wte: "0.5" };
  const ana = manager("Ana", { name: oddName, email: "ana@example.org", team: oddTeam, ...wte });
  const ben = manager("Ben", { deputy_email: "dee@example.org" });
  const people = [ana, ben, manager("Cy"), manager("Dee"), lead("Lea")];
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people) });
  const cards = await collector(app, ["ana", "ben", "cy", "dee", "lea"].map((name) => `${name}@example.org`));
  const press = async (name: string, text: string, button: string, typed = {}) => {
    const outcome = await (await app.card(`${name}@example.org`, text)).press(button, typed);
    await app.settle();
    return outcome;
  };
  const answer = { feeling: "unsafe", newPeople__link_worker: 27, help: "call" };

  await (await app.client("cy@example.org")).uninstall();
  await (await app.client("cy@example.org")).install();
  await app.settle();
  const round = await app.openRound();
  await press("ana", "How is your caseload?", "Send", { ...answer, wte__link_worker: "much", waiting: 9_000 });
  await press("ana", "How is your caseload?", "Send", { ...answer, wte__link_worker: "2.6", waiting: 12 });
  await press("ana", "extra questions", "Send", { neededAnotherService: 9_000 });
  await press("ana", "extra questions", "Send", { neededAnotherService: 3, mainReason: "clinical" });
  await app.say("lea@example.org", "summary");
  await press("ana", "thank you", "Change answer");
  await press("ana", "recorded", "Change answer");
  await press("ana", "How is your caseload?", "Send", { ...answer, feeling: "busy" });
  await press("lea", "A team needs you", "Take");
  await press("lea", "You have taken this on", "Done");
  await press("dee", "How is your caseload?", "Send", { feeling: "busy", help: "peer" });
  await press("dee", "recorded", "Change answer");
  await press("dee", "How is your caseload?", "Send", { help: "nothing" });
  await press("ben", "How is your caseload?", "Not now");
  await press("ben", "Not now", "I'm away");
  await press("ben", "Away until", "Set", { until: "2026-12-02" });
  await press("cy", "How is your caseload?", "Not now");
  await press("cy", "Not now", "Skip this round");
  // Teams takes no more than seven requests a second in one chat, the bot's own answers included.
  await app.moveTo("2026-11-24T09:40");
  await app.say("dee@example.org", "check in");
  for (const said of ["summary", "send me a test"]) await app.say("lea@example.org", said);
  for (const said of ["my check-ins", "my data", "delete my data", "help"]) await app.say("ana@example.org", said);
  await app.api("lea@example.org", "POST", `check-in-rounds/${round}/remind`, {});
  await app.settle();
  await app.api("lea@example.org", "POST", `check-in-rounds/${round}/close`, {});
  await app.settle();
  await press("ana", "Erase what you answered?", "Erase");
  return { app, cards: [...cards.values()] };
}

const oddTitle = "Network *meeting* [x](http://y) <b>_&_</b>";
const oddRaise = "Waiting *lists* [x](http://y)";
const oddAgenda = ["Peer *advice*", "[Lists](http://y)"];
const oddNotes = "We *met*.";
const oddRange = "Nobody *here* [x](http://y)";

/** Takes a lead and four members through everything that meetings have. */
async function playMeetings() {
  const emails = ["ana", "ben", "cy", "dee", "lea"].map((name) => `${name}@example.org`);
  const ana = manager("Ana", { name: oddName, email: "ana@example.org", team: oddTeam });
  const app = await testApp({ now: "2026-12-01T09:00", roster: roster(ana, manager("Ben"), manager("Cy"), manager("Dee"), lead("Lea")) });
  const cards = await collector(app, emails);
  const api = async (method: string, path: string, body?: object) => {
    const answer = await app.api("lea@example.org", method, path, body);
    expect(answer.status).toBeLessThan(300);
    await app.settle();
    return answer.body;
  };
  const press = async (name: string, text: string, button: string, typed = {}) => {
    await (await app.card(`${name}@example.org`, text)).press(button, typed);
    await app.settle();
  };
  const none = { from: "2027-02-01", to: "2027-03-31", name: oddRange };
  const series = { firstOn: "2027-01-12", title: oddTitle, avoid: [none], quorum: 4 };
  await api("PATCH", "settings", { meetings: series, "check-ins": { opensByItself: false } });

  for (const name of ["ana", "ben"]) await app.say(`${name}@example.org`, "I don't work Tuesdays or Friday mornings");
  await app.say("lea@example.org", "plan meetings");
  await press("lea", "12 January", "Ask everybody first");
  await press("ana", "which dates", "Send", { slots: "0,1" });
  await press("ana", "thank you", "Change answer");
  await press("ben", "which dates", "None of these");
  await app.say("lea@example.org", "plan meetings");
  await press("lea", "have answered", "Book");
  const first = (await api("GET", "meetings")).items[0].id;
  await api("PATCH", `meetings/${first}`, { agenda: oddAgenda });
  await app.moveTo("2026-12-28T09:30", "2026-12-29T09:30", "2026-12-30T09:31");
  await press("ana", "Can you come?", "Yes", { raise: "Ring 943 476 5919", listed: "listed" });
  await press("ana", "isn't recorded yet", "Yes", { raise: oddRaise, listed: "listed" });
  await press("ben", "Can you come?", "Maybe");
  await press("cy", "Can you come?", "No");
  await press("cy", "You said no", "Change answer");
  await app.moveTo("2027-01-06T09:31");
  await api("PATCH", `meetings/${first}`, { on: "2027-01-13" });
  await press("ana", "Moved: ", "Yes");
  await press("ben", "Moved: ", "Maybe");
  await app.moveTo("2027-01-12T09:31", "2027-01-13T10:10");
  for (const name of ["ana", "ben", "dee"]) await app.say(`${name}@example.org`, "meeting");
  await app.moveTo("2027-01-13T13:00");
  await (await app.cards("ben@example.org")).find(({ buttons }) => buttons.includes("Change answer"))?.press("Change answer");
  await app.settle();
  const actions = [{ what: "Draft a *list*", who: oddName, dueOn: "2027-01-29" }];
  await api("PATCH", `meetings/${first}`, { notes: { text: "We *met*.\n[x](http://y)", actions } });

  const second = (await api("POST", "meetings", { on: "2027-02-02", capacity: 1 })).id;
  await app.moveTo("2027-01-21T09:31");
  await press("ana", "Can you come?", "Yes");
  await press("ben", "Can you come?", "Yes");
  await app.importCsv(roster(ana, manager("Ben"), manager("Dee"), lead("Lea")));
  await app.moveTo("2027-01-22T09:31");
  await api("DELETE", `meetings/${second}`);
  return [...cards.values()];
}

const oddAreas = ["North *Central*", "South [East](http://y)"];
const oddChange = "We *hired* two [people](http://y).";
const oddLine = "Call *us*";

/** Takes a lead and a workforce of two groups through two surveys, the second of which is lost. */
async function playPulse() {
  const [first = "", second = ""] = oddAreas;
  const people = workforce(8, 44, (place) => (place < 26 ? first : second));
  const app = await testApp({ now: "2027-01-12T09:30", roster: roster(...people) });
  const cards = await collector(app, ["maa@example.org", "waa@example.org", "wab@example.org", "lea@example.org"]);
  const press = async (name: string, text: string, button: string, typed = {}) => {
    await (await app.card(`${name}@example.org`, text)).press(button, typed);
    await app.settle();
  };
  const supportLines = [{ name: oddLine, contact: oddLine }];
  await app.api("lea@example.org", "PATCH", "settings", { pulse: { supportLines }, "check-ins": { opensByItself: false } });
  await app.say("lea@example.org", "pulse");
  await press("lea", "There hasn't been a survey yet", "Open a survey now");
  await app.say("lea@example.org", "pulse");
  await press("waa", "How is work for you?", "Not now");
  await press("waa", "Not now", "I'm away");
  await press("waa", "Away until", "Back");
  await press("waa", "Not now", "Remind me tomorrow");
  await press("wab", "How is work for you?", "Not now");
  await press("wab", "Not now", "Skip this survey");
  const emails = people.map(({ email = "" }) => email).filter((email) => !/^(lea|waa|wab|wa[c-h])@/.test(email));
  for (const [place, email] of emails.entries()) await (await app.card(email, "How is work for you?")).press("Send", choices((item) => (place + item) % 5));
  await app.moveTo("2027-01-13T09:31", "2027-01-19T09:31", "2027-01-20T09:31");
  await app.say("lea@example.org", "pulse");
  await press("lea", "The survey is open until", "Close now");
  await press("lea", "Close the survey now?", "Close it for good");
  await press("lea", "Only leads can see these results so far", "Share with everybody asked");
  await press("lea", "Those who were asked, and viewers, can see", "Write “You said, we did”");
  await press("lea", "What has changed since the survey?", "Publish", { text: "Ring 943 476 5919" });
  await press("lea", "Nothing has been published yet", "Publish", { text: oddChange });
  await app.moveTo("2027-01-27T09:31", "2027-02-10T09:31");
  await press("lea", "Those who were asked, and viewers, can see", "Open a survey now");
  const [wave] = await app.store.read(app.network).pulse.page({ limit: 1, after: null });
  rmSync(join(app.keyFolder, `${wave?.id ?? ""}.jwk`));
  await app.moveTo("2027-02-24T17:01");
  await app.say("lea@example.org", "pulse");
  await press("lea", "The key to the answers can't be found", "Give the survey up");
  await press("lea", "Give the survey up?", "Give it up for good");
  await press("lea", "Only leads can see these results so far", "Share with everybody asked");
  await app.moveTo("2027-03-03T17:02");
  return [...cards.values()];
}

it("makes only such cards about the pulse, too", async () => {
  const cards = await playPulse();
  const check = microsoftsCheck() ?? (() => []);
  for (const card of cards) {
    const about = titleOf(card);
    expect({ about, faults: [...cardFaults(card), ...check(card)] }).toEqual({ about, faults: [] });
    expect(JSON.stringify(card).length * 2).toBeLessThan(maxBytes);
    expect({ about, markdown: markdownFaults(card, [...oddAreas, oddChange, oddLine]) }).toEqual({ about, markdown: [] });
  }
  const all = cards.map((card) => looked(card).text).join("\n");
  const kinds = [
    ...["Please check the support lines", "There hasn't been a survey yet", "The survey is open until", "Close the survey now?"],
    ...["How is work for you?", "Reminder: how is work for you?", "Not now", "Away until", "Skipped this time", "This survey has closed"],
    ...["Reporting groups", "How the scores spread", "The results", "You said, we did", oddChange, "Nothing has been published yet"],
    ...["The key to the answers can't be found", "Give the survey up?", "There is no score to show for the network"],
  ];
  expect(kinds.filter((kind) => !all.includes(kind))).toEqual([]);
}, 60_000);

it("makes only such cards about meetings, too", async () => {
  const cards = await playMeetings();
  const check = microsoftsCheck() ?? (() => []);
  for (const card of cards) {
    const about = titleOf(card);
    expect({ about, faults: [...cardFaults(card), ...check(card)] }).toEqual({ about, faults: [] });
    expect(JSON.stringify(card).length * 2).toBeLessThan(maxBytes);
    expect({ about, markdown: markdownFaults(card, [oddName, oddTitle, oddRaise, oddAgenda, oddNotes, oddRange]) }).toEqual({ about, markdown: [] });
  }
  // The titles are much the same, so kinds of card are told by what else they say.
  const all = cards.map((card) => looked(card).text).join("\n");
  const kinds = [
    ...["planned for Tuesday 12 January", "No day within a week of it can be booked", "people are asked", "Booked for"],
    ...["which dates suit you?", "thank you", "None of the dates suits you", "the date is settled"],
    ...["Can you come?", "isn't recorded yet", "You said yes", "You said maybe", "You said no", "You can change it"],
    ...["You're on the waiting list", "Reminder: ", "Moved: ", "needed have said yes", "On the agenda", "Join the meeting"],
    ...["This meeting has started", "This meeting has been", "This meeting is cancelled", "Notes: ", "This card is no longer yours"],
  ];
  expect(kinds.filter((kind) => !all.includes(kind))).toEqual([]);
});

it("makes only cards that Teams can show and a screen reader can read, each well below 28 KB", async () => {
  const { cards } = await playEverything();
  const check = microsoftsCheck() ?? (() => []);
  for (const card of cards) {
    const about = titleOf(card);
    expect({ about, faults: [...cardFaults(card), ...check(card)] }).toEqual({ about, faults: [] });
    expect(JSON.stringify(card).length * 2).toBeLessThan(maxBytes);
    expect(markdownFaults(card, [oddName, oddTeam])).toEqual([]);
  }
  // The script has to meet every kind of card, or the rules above say little.
  expect([...new Set(cards.map(titleOf))].sort()).toEqual([
    "A team needs you",
    "Away until",
    "Done",
    "Erase what you answered?",
    "Erased",
    "Hello from Steady",
    "How is your caseload?",
    "My check-ins",
    "No longer needed",
    "No team needs a call first",
    "Not now",
    "Referrals",
    "Referrals: thank you",
    "Reminder: how is your caseload?",
    "Ring these first",
    "Skipped this time",
    "Thank you, recorded",
    "This check-in has closed",
    "What is kept about you",
    "You have taken this on",
  ]);
});
