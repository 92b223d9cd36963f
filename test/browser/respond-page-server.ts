import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cardsFolder, loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import { type OpenedLink, PressBody, SayBody } from "../../src/features/links/contract.ts";
import { askingCard } from "../../src/features/meetings/cards.ts";
import { aMeetingView } from "../builders/meetings.ts";
import { startToyServer } from "../adapters/http/toy-server.ts";

interface Section {
  heading: string | null;
  fields: { id: string; value?: unknown }[];
}

const sample = (name: string) => JSON.parse(readFileSync(join(cardsFolder, `${name}.data.json`), "utf8")) as object;
const templates = loadCardTemplates();
const { sections } = sample("questions") as { sections: Section[] };
const withFields = (...ids: string[]) =>
  sections.filter(({ fields }) => fields.some(({ id }) => ids.some((wanted) => id.startsWith(wanted))));

const blank = { notice: null, about: "Camden & Islington link workers", tab: [] };
const questions = templates.render("questions", {
  ...sample("questions"),
  ...blank,
  sections: withFields("feeling", "newPeople", "waiting", "note"),
});
const pressures = templates.render("questions", {
  ...sample("questions"),
  ...blank,
  title: "Pressures",
  posts: null,
  sections: withFields("pressures"),
});
const thanks = templates.render("notice", { ...sample("notice"), ...blank });
const meeting = askingCard(templates, aMeetingView(), null);
export const calendarFile = { fileName: "network-meeting-2026-11-17.ics", ics: "BEGIN:VCALENDAR\r\nSUMMARY:Größe\r\nEND:VCALENDAR\r\n" };
const second = { token: "second", card: pressures, hasCalendarFile: false };
const card = (shown: object) => ({ reply: { kind: "card", card: shown } });

const opened: OpenedLink = {
  person: "Priya Raman",
  network: "London Social Prescribing Managers Network",
  stopped: false,
  awayUntil: null,
  cards: [{ token: "ana", card: questions, hasCalendarFile: false }],
};

export interface Posted {
  readonly path: string;
  readonly token: string;
  readonly body: unknown;
}

export interface Canned {
  readonly status: number;
  readonly body: object;
}

/** The connection ends before there is an answer, or in the middle of one. */
type Silence = "silence" | "half an answer";

const problem = (status: number, detail: string, offers: readonly string[] = []): Canned => ({ status, body: { status, detail, offers } });

/** What opening each of these links comes to; every other one shows Priya Raman's check-in. */
const links: Readonly<Record<string, Canned | Silence>> = {
  wrong: problem(401, "This isn't one of Steady's links. Open the link from your e-mail again, or copy the whole of it."),
  over: problem(410, "This link has expired.", ["renew", "start"]),
  ended: problem(410, "This link was ended.", ["renew"]),
  gone: problem(410, "This link no longer works. Ask whoever runs your network."),
  busy: problem(429, "Too many tries from here. Wait a minute, then try again."),
  broken: problem(500, "s3cret"),
  silent: "silence",
  stopped: { status: 200, body: { ...opened, stopped: true } },
  away: { status: 200, body: { ...opened, awayUntil: "2099-12-01" } },
  two: { status: 200, body: { ...opened, cards: [...opened.cards, second] } },
  meeting: { status: 200, body: { ...opened, cards: [{ token: "meeting", card: meeting, hasCalendarFile: true }] } },
  notice: { status: 200, body: { ...opened, cards: [{ token: "notice", card: { ...thanks, actions: [] }, hasCalendarFile: false }] } },
};

function pressed(body: unknown): object {
  const { action } = PressBody.parse(body);
  if (/\d{3}/.test(String(action.data["note"]))) {
    return { reply: { kind: "refused", text: "This looks like an NHS number. Take it out of the note." }, more: [] };
  }
  if (action.verb === "checkIn.notNow") return { reply: { kind: "message", text: "It comes again tomorrow." }, more: [] };
  if (action.verb === "checkIn.change") return { ...card(questions), more: [] };
  return { ...card(thanks), more: [second] };
}

const saidInAnswer = {
  stop: "You won't get any more messages from me.",
  start: "You'll get messages from me again.",
  back: "You're back.",
} as const;

function answerTo({ path, token, body }: Posted): Canned | Silence {
  if (path === "calendar") return { status: 200, body: calendarFile };
  if (path === "card") return links[token] ?? { status: 200, body: opened };
  if (path === "press") return { status: 200, body: pressed(body) };
  if (path === "renew") return { status: 200, body: { text: "A new link is on its way to the address that we have." } };
  const said = SayBody.parse(body).text;
  return { status: 200, body: { text: saidInAnswer[said], stopped: said === "stop", awayUntil: null } };
}

/** The built page, served by the product's own server, with canned answers in place of the API. */
export async function startRespondPage() {
  const built = await mkdtemp(join(tmpdir(), "steady-respond-"));
  const vite = ["node_modules/vite/bin/vite.js", "build", "--mode", "respond", "--outDir", built, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, vite);

  const posted: Posted[] = [];
  const requests: { readonly address: string; readonly referer: string | undefined }[] = [];
  const instead = new Map<string, Canned | Silence>();
  let held: { readonly token: string; readonly until: Promise<void> } | null = null;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = "";
    for await (const part of request) text += String(part);
    const path = (request.url ?? "").replace("/respond/api/", "");
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    const call = { path, token, body: JSON.parse(text) as unknown };
    posted.push(call);
    if (held?.token === token) await held.until;
    const canned = instead.get(path) ?? answerTo(call);
    if (canned === "half an answer") return void response.writeHead(200).write("{", () => response.destroy());
    if (canned === "silence") return void response.destroy();
    const type = canned.status === 200 ? "application/json" : "application/problem+json";
    response.writeHead(canned.status, { "content-type": type }).end(JSON.stringify(canned.body));
  };

  const server = await startToyServer({
    staticFolders: [{ path: "/respond/", dir: built, frame: "none" }],
    extraHandlers: (restify) => {
      restify.pre((request, _response, next) => {
        requests.push({ address: request.url ?? "", referer: request.headers.referer });
        next();
      });
      for (const path of ["card", "press", "say", "renew", "calendar"]) restify.post(`/respond/api/${path}`, answer);
    },
  });

  return {
    url: `${server.origin}/respond/`,
    posted,
    requests,
    problem,
    /** Answers this path so from now on; null brings its usual answer back. */
    answer(path: string, canned: Canned | Silence | null): void {
      if (canned === null) instead.delete(path);
      else instead.set(path, canned);
    },
    /** Lets this token's calls wait until what this gives back is called. */
    hold(token = "ana"): () => void {
      let release = (): void => {};
      held = { token, until: new Promise((resolve) => (release = resolve)) };
      return () => release();
    },
    reset(): void {
      posted.length = 0;
      requests.length = 0;
      instead.clear();
      held = null;
    },
    async stop(): Promise<void> {
      await server.close();
      await rm(built, { recursive: true });
    },
  };
}
