import "../theme.css";
import "../cards/cards.css";
import "./respond.css";
import { createAnnouncer } from "../announcer.ts";
import { byId, h } from "../dom.ts";
import { createApi } from "./api.ts";
import type { Api, Failure, Opened } from "./api.ts";
import { createAwayBox } from "./away-box.ts";
import { busyButton } from "./busy-button.ts";
import { createCardList } from "./card-list.ts";
import { createOffers } from "./offers.ts";
import { createStopBox } from "./stop-box.ts";
import { explain, incomplete, nameOf } from "./words.ts";
import type { Explained } from "./words.ts";

const announce = createAnnouncer(byId("announcer", HTMLElement));
const main = byId("main", HTMLElement);
const foot = byId("foot", HTMLElement);
const network = byId("network", HTMLElement);
/** In the page from the start, so that there is something to see before this script is there. */
const opening = byId("opening", HTMLElement);
const openingTitle = byId("opening-title", HTMLElement);

/** Characters that a bearer token can have (RFC 6750); an address with others was damaged on its way. */
const tokenForm = /^[\w.~+/-]+=*$/;

/** Puts a page in place. Whoever was in the old one, and would be nowhere, goes to the new one's heading. */
function show(title: string, heading: HTMLElement, ...content: readonly HTMLElement[]): void {
  const held = main.contains(document.activeElement);
  document.title = `${title} · Steady`;
  foot.hidden = true;
  foot.replaceChildren();
  main.replaceChildren(...content);
  if (held) heading.focus({ preventScroll: true });
}

const headingWith = (text: string): HTMLElement => h("h1", { tabindex: -1 }, text);

function showOpening(): void {
  show("Opening your card", openingTitle, opening);
  announce("Opening your card…");
}

function showTrouble({ heading: words, sentence }: Explained, way: HTMLElement | null): void {
  const heading = headingWith(words);
  show(words, heading, h("div", { class: "panel" }, heading, h("p", {}, sentence), ...(way === null ? [] : [way])));
  network.hidden = true;
  announce(`${words}. ${sentence}`);
}

/** What can be done about it: what is offered, another try, or nothing on this page. */
function wayOn({ trouble, offers }: Failure, api: Api): HTMLElement | null {
  if (trouble === "over") return offers.length === 0 ? null : createOffers(api, offers);
  return trouble === "wrong" ? null : busyButton("Try again", "main", open);
}

function showCards(opened: Opened, api: Api): void {
  const name = nameOf(opened.cards);
  const heading = headingWith(name);
  const whose = h("p", { class: "whose" }, "For ", h("strong", {}, opened.person));
  const others = h("p", { class: "others" }, "Not you? Please don't answer; close this page.");
  const afterwards = h("div");
  const over = ({ offers }: Failure) => {
    if (!afterwards.hasChildNodes() && offers.length > 0) afterwards.append(createOffers(api, offers));
  };
  const list = createCardList({ api, announce, over }, opened.cards);
  show(name, heading, h("div", { class: "intro" }, heading, whose, others), list, afterwards);
  network.textContent = opened.network;
  network.hidden = false;
  if (opened.awayUntil !== null) foot.append(createAwayBox(api, opened.awayUntil));
  foot.append(createStopBox(api, opened.stopped, announce));
  foot.hidden = false;
  announce(`${name}, for ${opened.person}`);
}

let visits = 0;

async function open(): Promise<void> {
  const visit = (visits += 1);
  const token = location.hash.slice(1);
  if (!tokenForm.test(token)) {
    showTrouble(incomplete, null);
    return;
  }
  showOpening();
  const api = createApi(token);
  const answer = await api.card();
  // Another address was opened meanwhile: its own answer comes.
  if (visit !== visits) return;
  if (answer.ok) showCards(answer.value, api);
  else showTrouble(explain(answer), wayOn(answer, api));
}

// A new address, or back and forward between two of them.
addEventListener("hashchange", () => {
  scrollTo(0, 0);
  void open();
});
void open();
