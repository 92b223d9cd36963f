import "./no-eval.ts";
import "../../../web/theme.css";
import "../../../web/cards/cards.css";
import "./styles/layout.css";
import "./styles/people.css";
import "./styles/chat.css";
import "./styles/mail.css";
import "./styles/calendar.css";
import "./styles/log.css";
import "./styles/tab.css";
import { createAnnouncer } from "../../../web/announcer.ts";
import { byId } from "../../../web/dom.ts";
import { themePicker } from "../../../web/theme.ts";
import { createApi } from "./api.ts";
import type { Person } from "./api.ts";
import { createCalendarPane } from "./calendar-pane.ts";
import { createChatPane } from "./chat-pane.ts";
import { createComposeBox } from "./compose-box.ts";
import { gathered } from "./gathered.ts";
import { follow } from "./live.ts";
import { createLogPane } from "./log-pane.ts";
import { createMailPane } from "./mail-pane.ts";
import { createPanes } from "./panes.ts";
import { createPeoplePane } from "./people-pane.ts";
import { createViews } from "./views.ts";
import { createTabPane } from "./tab-pane.ts";
import { clockTime } from "./words.ts";

const api = createApi("/rehearsal/api");
const announce = createAnnouncer(byId("announcer", HTMLElement));
const noOne = "Choose a person to see their chat with Steady.";
const inAddress = () => decodeURIComponent(location.hash.slice(1)) || null;
let chosen: string | null = null;
let clockAhead = 0;
const now = () => new Date(Date.now() + clockAhead).toISOString();

const narrow = matchMedia("(max-width: 700px)");
const views = createViews(() => {
  ({ chat, mail, calendar, tab })[views.current()].look();
  everything();
});
const log = createLogPane();
const people = createPeoplePane((key) => {
  if (key !== inAddress()) history.pushState(null, "", `#${encodeURIComponent(key)}`);
  go(key);
  if (narrow.matches) byId("to-people", HTMLElement).focus();
});
const leaveChat = () => {
  const from = chosen;
  history.pushState(null, "", location.pathname);
  go(null);
  people.focus(from);
};
const panes = createPanes(leaveChat, views.open);
const chat = createChatPane({
  api,
  announce,
  oldClient: log.oldClient,
  now,
  refresh: () => everything(),
  openMail: () => views.moveTo("mail"),
  openLink(url) {
    const page = tab.pageOf(url);
    if (page === null) return false;
    tab.next(page);
    views.moveTo("tab");
    return true;
  },
});
const mail = createMailPane({
  api,
  announce,
  now,
  open: () => views.current() === "mail",
  narrow,
  counted: (unread) => views.count("mail", unread),
  refresh: () => readPeople(),
});
const calendar = createCalendarPane({ api, announce, now, refresh: () => everything() });
const theme = byId("theme", HTMLSelectElement);
const tab = createTabPane({ open: () => views.current() === "tab", theme: () => theme.value });

const readPeople = gathered(async () => {
  const answer = await api.people();
  if (answer.ok) people.show(answer.value.items.map(asSeen));
});
const readLog = gathered(async () => {
  const answer = await api.log(log.last());
  if (!answer.ok) return;
  if (answer.value.last < log.last()) log.add((await fromStart()) ?? [], answer.value.last);
  else log.add(answer.value.items, answer.value.last);
});
const readChat = gathered(async () => {
  const key = chosen;
  if (key === null) return;
  const peek = ![null, "chat"].includes(views.kept(key));
  const [answer, mails, events] = await Promise.all([api.chat(key, peek), api.mails(key), api.calendar(key)]);
  // Someone else was chosen meanwhile: their own answer comes.
  if (key !== chosen) return;
  if (!answer.ok) return showNobody(`This chat can't be shown. ${answer.reason}`);
  const { person } = answer.value;
  log.choose(person.name);
  document.title = `${person.name} · Rehearsal · Steady`;
  if (person.installed === "mailbox") views.show(key, "calendar", ["mail", "calendar"]);
  else if (person.installed === "cannot") views.show(key, person.mails > 0 ? "mail" : "chat", ["chat", "mail", "calendar"]);
  else views.show(key, "chat");
  tab.show(person);
  views.count("chat", asSeen(person).unread);
  compose.suggestTo(person);
  chat.show(answer.value);
  if (mails.ok) mail.show(key, mails.value.items);
  else mail.clear(`The mails can't be shown. ${mails.reason}`);
  if (events.ok) calendar.show(key, events.value.items);
  else calendar.clear(`The calendar can't be shown. ${events.reason}`);
});
const readInfo = gathered(async () => {
  const answer = await api.info();
  if (!answer.ok) return;
  const { network, clock, tabUrl } = answer.value;
  clockAhead = Date.parse(clock) - Date.now();
  byId("network", HTMLElement).textContent = network;
  tab.at(tabUrl);
  tellTime();
});

async function fromStart() {
  const answer = await api.log(0);
  return answer.ok ? answer.value.items : null;
}

function showNobody(why: string): void {
  views.show(null, "chat");
  chat.clear(why);
  mail.clear(why);
  calendar.clear(why);
  tab.clear(why);
}

/** The chat that is open holds nothing unread, even if the server hasn't heard of it yet. */
function asSeen(person: Person): Person {
  return person.key === chosen && views.current() === "chat" ? { ...person, unread: 0 } : person;
}

function tellTime(): void {
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
  byId("clock", HTMLElement).textContent = `${day.format(new Date(now()))}, ${clockTime(now())}`;
}

function everything(): void {
  readChat();
  readPeople();
  readLog();
}

function go(key: string | null): void {
  chosen = key;
  people.choose(key);
  panes.show(key === null ? "people" : "chat");
  if (key === null) {
    document.title = "Rehearsal · Steady";
    log.choose(null);
    showNobody(noOne);
  }
  everything();
}

themePicker(theme);
theme.addEventListener("change", tab.dress);
const compose = createComposeBox(async (text) => {
  if (chosen === null) return "Choose a person first.";
  chat.awaitAnswer();
  const answer = await api.say(chosen, text);
  everything();
  return answer.ok ? null : answer.reason;
});
// Typed addresses, and back and forward.
addEventListener("popstate", () => {
  if (inAddress() !== chosen) go(inAddress());
});
setInterval(tellTime, 15_000);
follow(api.eventsUrl, {
  chat: (person) => {
    if (person === chosen) readChat();
    readPeople();
  },
  log: readLog,
  people: readPeople,
  mail: (person) => {
    if (person === chosen) readChat();
    readPeople();
  },
  calendar: (person) => {
    if (person === chosen) readChat();
  },
  everything: () => {
    readInfo();
    everything();
  },
  connection: (live) => {
    byId("connection", HTMLElement).textContent = live ? "" : "Reconnecting…";
  },
});
readInfo();
go(inAddress());
