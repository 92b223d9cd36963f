import type { PressOutcome, PressedAction } from "../../../web/cards/render.ts";
import { byId, h } from "../../../web/dom.ts";
import type { Api, Chat, Message, Person, SentAction, StateChange } from "./api.ts";
import { personAvatar } from "./avatar.ts";
import { createChatList } from "./chat-list.ts";
import type { ChatList } from "./chat-list.ts";
import { createMenu } from "./menu.ts";
import { capitalised } from "./words.ts";

export interface ChatPaneDeps {
  readonly api: Api;
  announce(text: string): void;
  /** Whether to act as a client that doesn't know Action.Execute. */
  oldClient(): boolean;
  /** The server's moment, ISO. */
  now(): string;
  /** After something was sent, so that its effect is fetched without waiting for an event. */
  refresh(key: string): void;
  openMail(): void;
  /** Opens a link of a card; false when it is left to the browser. */
  openLink(url: string): boolean;
}

const changes: Readonly<Record<Person["installed"], readonly (readonly [StateChange, string])[]>> = {
  yes: [
    ["block", "Block Steady"],
    ["uninstall", "Remove the app"],
    ["delete-chat", "Delete this chat"],
  ],
  no: [
    ["install", "Install the app"],
    ["delete-chat", "Delete this chat"],
  ],
  blocked: [
    ["unblock", "Unblock Steady"],
    ["delete-chat", "Delete this chat"],
  ],
  cannot: [],
  mailbox: [],
};

const unreachable: Readonly<Record<Person["installed"], string | null>> = {
  yes: null,
  no: "Steady isn't installed for this person, so nothing reaches them here.",
  blocked: "This person has blocked Steady, so nothing reaches them here.",
  cannot:
    "This person is outside the organisation, where Steady can't be installed. What Steady sends them comes by mail.",
  mailbox: null,
};

const noFallback = "An old client can't do this: the button has no Submit fallback.";

/** The chat of the chosen person with the bot. */
export function createChatPane(deps: ChatPaneDeps) {
  const scroller = byId("chat-scroller", HTMLElement);
  const body = byId("chat-body", HTMLElement);
  const heading = byId("chat-person", HTMLElement);
  const compose = byId("compose", HTMLFormElement);
  const menu = createMenu(byId("person-menu", HTMLElement), "More about this chat");
  const lists = new Map<string, ChatList>();
  let shown: string | null = null;
  let drawnPerson = "";
  /** True when something came while another view was open. */
  let behind = false;
  /** True from when something was said here until the answer is there. */
  let awaiting = false;

  const press = async (key: string, activityId: string, action: PressedAction): Promise<PressOutcome> => {
    const sent = deps.oldClient() ? submitInstead(action) : asPressed(action);
    if (sent === null) return { kind: "error", text: noFallback };
    const answer = await deps.api.press(key, activityId, sent, action.inputs);
    if (!answer.ok) return { kind: "error", text: answer.reason };
    deps.refresh(key);
    const { kind, text } = answer.value;
    if (kind === "card" || kind === "none") return { kind: "done" };
    return { kind, text: text ?? (kind === "error" ? "Something went wrong. Try again." : "Done.") };
  };

  const change = async (key: string, what: StateChange) => {
    const answer = await deps.api.change(key, what);
    if (!answer.ok) deps.announce(answer.reason);
    deps.refresh(key);
  };

  const showPerson = (person: Person) => {
    const drawn = JSON.stringify({ ...person, unread: 0, messages: 0, mails: 0, unreadMails: 0 });
    if (drawn === drawnPerson) return;
    drawnPerson = drawn;
    heading.replaceChildren(...headingOf(person));
    compose.hidden = person.installed !== "yes";
    menu.show(changes[person.installed].map(([what, label]) => ({ label, run: () => void change(person.key, what) })));
  };

  const notice = (person: Person): HTMLElement | null => {
    const words = unreachable[person.installed];
    if (words === null) return null;
    const [first] = changes[person.installed];
    const box = h("div", { class: "chat-notice" }, h("p", {}, words));
    const button = (label: string, onclick: () => void) =>
      box.append(h("button", { type: "button", class: "quiet-button", onclick }, label));
    if (first !== undefined) button(first[1], () => void change(person.key, first[0]));
    if (person.mails > 0) button("Show mail", deps.openMail);
    return box;
  };

  return {
    /** Nobody is chosen, or the one in the address doesn't exist. */
    clear(why: string): void {
      shown = null;
      drawnPerson = "";
      compose.hidden = true;
      menu.show([]);
      heading.replaceChildren(h("h2", { id: "chat-title" }, "Chat"));
      body.replaceChildren(h("div", { class: "empty is-large" }, h("p", {}, why)));
    },
    /** The view was opened. */
    look(): void {
      if (behind) showEnd(scroller, body.querySelector(".messages")?.lastElementChild ?? null);
      behind = false;
    },
    /** Something was said here: the answer is to be seen, wherever one had scrolled to. */
    awaitAnswer(): void {
      awaiting = true;
    },
    show(chat: Chat): void {
      const key = chat.person.key;
      const kept = lists.get(key);
      const list = kept ?? createChatList({ press: (activityId, action) => press(key, activityId, action), openLink: deps.openLink });
      lists.set(key, list);
      const arrives = shown !== key;
      const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
      const place = scroller.scrollTop;
      shown = key;
      showPerson(chat.person);
      const { added, cardsUpdated } = list.show(chat.messages, deps.now());
      const empty = chat.messages.length === 0 && chat.person.installed === "yes";
      const wanted = [
        list.element,
        empty ? h("p", { class: "empty is-large" }, "No messages yet. Type “help” to see what Steady can do.") : null,
        notice(chat.person),
      ].filter((element) => element !== null);
      if (body.firstElementChild === list.element) {
        while (list.element.nextSibling) list.element.nextSibling.remove();
        body.append(...wanted.slice(1));
      } else body.replaceChildren(...wanted);

      behind = !scroller.checkVisibility() && (arrives || behind || added.length > 0);
      if (arrives || ((atEnd || awaiting) && added.length > 0)) showEnd(scroller, list.element.lastElementChild);
      else scroller.scrollTop = place;
      if (arrives || added.some(fromBot)) awaiting = false;
      if (arrives) return;
      // A card that was pressed begins anew, and what is new about it stands at its top.
      const focused = document.activeElement;
      if (cardsUpdated > 0 && focused !== null && body.contains(focused)) showStart(scroller, focused);
      const news = [cardsUpdated > 0 ? "Card updated" : null, ...added.filter(fromBot).map(inWords)];
      const said = news.filter((words) => words !== null).join(". ");
      if (said !== "") deps.announce(said);
    },
  };
}

/** Scrolls to the last message: to its end or, when it is taller than the window, to where it begins. */
function showEnd(scroller: HTMLElement, last: Element | null): void {
  scroller.scrollTop = scroller.scrollHeight;
  if (last !== null) showStart(scroller, last);
}

/** Left free above what was scrolled to, in pixels. */
const gapAbove = 8;

/** Scrolls back to where an element begins, if that isn't to be seen. */
function showStart(scroller: HTMLElement, element: Element): void {
  const above = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top;
  if (above > 0) scroller.scrollTop -= above + gapAbove;
}

const fromBot = (message: Message): boolean => message.from === "bot";
const withoutMarks = (text: string): string => text.replace(/\(https?:[^)]*\)|[*_[\]]/g, "");
const inWords = (message: Message): string =>
  message.card === null ? `Steady says: ${withoutMarks(message.text ?? "")}` : "New card from Steady";

function headingOf(person: Person): HTMLElement[] {
  const owner = person.installed === "mailbox" ? person.email : capitalised(person.role);
  const words = [owner, person.organisation, person.area, person.external ? "External" : ""];
  const chips = words.filter((word) => word !== "").map((word) => h("span", { class: "chip" }, word));
  return [
    personAvatar(person),
    h(
      "div",
      { class: "chat-person-words" },
      h("h2", { id: "chat-title" }, person.name),
      h("p", { class: "chips" }, ...chips),
    ),
  ];
}

const asPressed = (action: PressedAction): SentAction => ({
  type: action.type,
  ...(action.verb === null ? {} : { verb: action.verb }),
  data: action.data,
});

function submitInstead(action: PressedAction): SentAction | null {
  if (action.type === "Action.Submit") return asPressed(action);
  const { fallback } = action;
  if (typeof fallback !== "object" || fallback === null) return null;
  if (!("type" in fallback) || fallback.type !== "Action.Submit") return null;
  return { type: "Action.Submit", data: "data" in fallback ? fallback.data : undefined };
}
