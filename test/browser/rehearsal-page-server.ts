import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { linkMail } from "../../src/features/deliveries/mail.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { fakeCalendar, organiserKey } from "./rehearsal-page-calendar.ts";
import { mailPage, mailPolicy } from "../../src/local/rehearsal/mail-page.ts";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
const sources = ["script-src", "style-src", "img-src", "connect-src", "frame-src", "form-action"];
const policy = `default-src 'none'; base-uri 'none'; ${sources.map((source) => `${source} 'self'`).join("; ")}`;

export interface PostedAction {
  activityId: string;
  action: { type: string; verb?: string; data?: unknown };
  inputs: Record<string, string>;
}

const people = [
  { key: "p1", name: "Ana Silva", role: "manager", organisation: "Riverside Health", installed: "yes", unread: 2 },
  { key: "p2", name: "Łukasz Nowak", role: "lead", organisation: "Hillcrest", installed: "no", unread: 0 },
  { key: "p3", name: "Órla Byrne", role: "manager", organisation: "Hillcrest", installed: "cannot", unread: 0 },
].map((person) => ({
  ...person,
  email: "someone@example.org",
  area: "North Central",
  external: person.installed === "cannot",
  messages: 2,
}));
const mailbox = {
  ...{ key: organiserKey, name: "Meetings organiser", email: "meetings@network.example.org", role: "" },
  ...{ organisation: null, area: null, external: false, installed: "mailbox", messages: 0, unread: 0 },
};
type Shown = (typeof people)[number] | typeof mailbox;

const sent = { method: "POST", path: "/v1.0/users/steady@network.example.org/sendMail", kind: "mail", status: 202 };
const log = [{ n: 1, at: "2026-11-02T09:00:00Z", ...sent, person: "Órla Byrne", ms: 12 }];

/** The mail's personal link, with a token as long as a real one. */
export const mailLink = `http://127.0.0.1:3978/respond/#${"eyJhbGciOiJIUzI1NiJ9".repeat(9)}`;

function mailAt(id: string, at: string, subject: string, kind = "mail") {
  const { from, to, ...mail } = sampleMail(subject);
  return { id, at, from, to, ...mail, read: false, kind };
}

function sampleMail(subject: string) {
  const { replyTo, fromName, to, text, html } = linkMail({
    words: {
      network: "London network",
      from: { name: "Morwenna Achebe", email: "morwenna.achebe@network.example.org" },
      subject,
      lines: ["It is time for the caseload check-in. It takes about 30 seconds."],
      button: "Open your card",
      seenBy: "Morwenna Achebe and your area's lead see your answer.",
      until: Temporal.Instant.from("2026-11-16T18:00:00Z"),
    },
    to: { name: "Órla Byrne", address: "orla.byrne@hillcrest.example.org" },
    url: mailLink,
    reference: "d1",
  });
  return { from: { name: fromName, address: "steady@network.example.org" }, replyTo, to, subject, text, html };
}

const number = (id: string, label: string) => ({
  type: "Input.Number",
  id,
  label,
  min: 0,
  max: 400,
  errorMessage: "Enter a number from 0 to 400.",
});

const checkIn = {
  type: "AdaptiveCard",
  version: "1.5",
  body: [
    { type: "TextBlock", style: "heading", text: "How is the workload?", wrap: true },
    {
      type: "Input.ChoiceSet",
      id: "feeling",
      style: "expanded",
      label: "How does it feel?",
      isRequired: true,
      errorMessage: "Choose how it feels.",
      choices: ["Comfortable", "Busy"].map((title) => ({ title, value: title.toLowerCase() })),
    },
    number("fresh", "New people"),
    number("waiting", "People waiting"),
    { type: "Input.Text", id: "note", label: "Note", isMultiline: true },
    { type: "TextBlock", wrap: true, text: "See [the guide](https://example.org) or [this](javascript:alert(1))." },
  ],
  actions: [
    {
      type: "Action.Execute",
      title: "Send",
      style: "positive",
      verb: "checkIn.submit",
      data: { delivery: "d1" },
      fallback: { type: "Action.Submit", title: "Send", data: { verb: "checkIn.submit", old: true } },
    },
    { type: "Action.Execute", title: "Skip", verb: "checkIn.skip", associatedInputs: "none" },
  ],
};
const answered = {
  type: "AdaptiveCard",
  version: "1.5",
  body: [{ type: "TextBlock", style: "heading", text: "Thank you, recorded", wrap: true }],
  actions: [{ type: "Action.Execute", title: "Change answer", verb: "checkIn.change" }],
};

/** The built page under a strict content security policy, with an API of two people and two check-in cards. */
export async function startRehearsalPage() {
  const built = await mkdtemp(join(tmpdir(), "steady-page-"));
  const vite = ["node_modules/vite/bin/vite.js", "build", "--outDir", built, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, vite);

  const posted: PostedAction[] = [];
  const listeners = new Set<ServerResponse>();
  const tell = (event: object) => listeners.forEach((each) => each.write(`data: ${JSON.stringify(event)}\n\n`));
  const message = (id: string, card: object) => ({
    id,
    from: "bot",
    at: "2026-11-02T09:30:00Z",
    updatedAt: null,
    text: null,
    card,
    deleted: false,
  });
  const messages = [message("m1", checkIn), message("m2", checkIn)];
  const inbox = [mailAt("mail-1", "2026-11-01T08:05:00Z", "Caseload check-in: a reminder")];
  inbox.push(mailAt("mail-2", "2026-11-02T09:00:00Z", "Caseload check-in for November"));
  const inboxOf = (key: string) => (key === "p3" ? inbox : []);
  const calendar = fakeCalendar(tell);
  const counted = (person: Shown) => {
    const mails = inboxOf(person.key);
    return { ...person, mails: mails.length, unreadMails: mails.filter((mail) => !mail.read).length };
  };

  const api = async (request: IncomingMessage, path: string): Promise<object | null> => {
    if (path === "people") return { items: [...people, mailbox].map(counted) };
    if (path === "info") return { network: "A network", clock: "2026-11-02T10:00:00Z", tabUrl: "/tab/" };
    if (path === "log") return { items: log, last: log.length };
    const key = path.split("/")[1] ?? "";
    const person = [...people, mailbox].find((each) => each.key === key);
    if (path.endsWith("/chat")) return { person: person && counted(person), messages: key === "p1" ? messages : [] };
    if (path.endsWith("/mails")) {
      const items = [...inboxOf(key)].reverse().map(({ html, ...mail }) => ({ ...mail, hasHtml: html !== "" }));
      return { items };
    }
    if (path.endsWith("/read")) {
      inbox.forEach((mail) => path.includes(`/${mail.id}/`) && (mail.read = true));
      return {};
    }
    if (path.endsWith("/calendar")) return calendar.of(key);
    let body = "";
    for await (const part of request) body += String(part);
    if (path.endsWith("/respond")) return calendar.respond(key, JSON.parse(body) as object);
    const action = JSON.parse(body) as PostedAction;
    posted.push(action);
    const refused = /\d{3}/.test(action.inputs["note"] ?? "");
    if (refused) return { status: 200, kind: "error", text: "Take the number out of the note." };
    messages.forEach((each) => each.id === action.activityId && (each.card = answered));
    return { status: 200, kind: "card" };
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://local").pathname.replace("/rehearsal/", "");
    if (path === "api/events") {
      response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n");
      listeners.add(response);
    } else if (path.endsWith("/body")) {
      const mail = inbox.find(({ id }) => path.includes(`/${id}/`));
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": mailPolicy });
      response.end(mailPage(mail?.html ?? ""));
    } else if (path.startsWith("api/")) {
      void api(request, path.slice(4)).then((body) => {
        response.writeHead(body === null ? 409 : 200, { "content-type": "application/json" });
        response.end(JSON.stringify(body ?? { detail: "This can't be answered: the meeting was cancelled." }));
      });
    } else {
      const file = path === "" ? "index.html" : join("assets", basename(path));
      const type = types[extname(file)] ?? "text/plain";
      response.writeHead(200, { "content-type": type, "content-security-policy": policy });
      createReadStream(join(built, file)).on("error", () => response.end()).pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");

  return {
    url: `http://127.0.0.1:${address.port}/rehearsal/`,
    posted,
    calendar,
    /** Tells the page that a chat changed, whether it did or not. */
    nudge: () => tell({ type: "chat", person: "p1" }),
    /** Brings the person outside the organisation one more mail. */
    sendMail: (subject: string, kind?: string) => {
      inbox.push(mailAt(`mail-${inbox.length + 1}`, "2026-11-02T09:58:00Z", subject, kind));
      tell({ type: "mail", person: "p3" });
    },
    /** Takes away what `sendMail` brought, and what was read counts as unread. */
    resetMail: () => {
      inbox.splice(2);
      for (const mail of inbox) mail.read = false;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await rm(built, { recursive: true });
    },
  };
}
