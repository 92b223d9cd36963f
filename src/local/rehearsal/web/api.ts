import { z } from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const Person = z.object({
  key: z.string(),
  name: z.string(),
  email: text,
  role: text,
  organisation: text,
  area: text,
  external: z.boolean(),
  /** Whether they plan meetings: leads of the whole network, and admins. */
  runsNetwork: z.boolean().default(false),
  /** Whether Steady is installed for them: "cannot" where Teams doesn't allow it; "mailbox" if it is nobody's. */
  installed: z.enum(["yes", "no", "blocked", "cannot", "mailbox"]),
  messages: z.number(),
  unread: z.number(),
  mails: z.number(),
  unreadMails: z.number(),
});
export type Person = z.infer<typeof Person>;

const Message = z.object({
  id: z.string(),
  from: z.enum(["bot", "person"]),
  at: z.string(),
  updatedAt: z.string().nullable(),
  text: z.string().nullable(),
  card: z.record(z.string(), z.unknown()).nullable(),
  deleted: z.boolean(),
});
export type Message = z.infer<typeof Message>;

const Mailbox = z.object({ name: z.string(), address: z.string() });
export type Mailbox = z.infer<typeof Mailbox>;

const Mail = z.object({
  id: z.string(),
  at: z.string(),
  from: Mailbox,
  replyTo: Mailbox.nullable(),
  to: Mailbox,
  subject: z.string(),
  text,
  hasHtml: z.boolean(),
  read: z.boolean(),
  /** What Exchange sends by itself about a meeting, or what somebody wrote. */
  kind: z.enum(["invitation", "update", "cancellation", "response", "mail"]),
});
export type Mail = z.infer<typeof Mail>;

const EventAnswer = z.enum(["accepted", "tentative", "declined", "none"]);

const Attendee = z.object({ name: z.string(), address: z.string(), answer: EventAnswer });
export type Attendee = z.infer<typeof Attendee>;

const CalendarEvent = z.object({
  iCalUId: z.string(),
  subject: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  joinUrl: z.string().nullable(),
  organiser: Mailbox,
  isOrganiser: z.boolean(),
  isCancelled: z.boolean(),
  /** What the calendar's owner answered. */
  answer: EventAnswer,
  /** How each attendee stands, in the organiser's calendar only. */
  attendees: z.array(Attendee),
});
export type CalendarEvent = z.infer<typeof CalendarEvent>;

const LogItem = z.object({
  n: z.number(),
  at: z.string(),
  method: z.string(),
  path: z.string(),
  kind: z.string(),
  person: z.string().nullable(),
  status: z.number().nullable(),
  ms: z.number().nullable(),
});
export type LogItem = z.infer<typeof LogItem>;

const People = z.object({ items: z.array(Person) });
const Chat = z.object({ person: Person, messages: z.array(Message) });
const Mails = z.object({ items: z.array(Mail) });
const Calendar = z.object({ items: z.array(CalendarEvent) });
const Log = z.object({ items: z.array(LogItem), last: z.number() });
const Info = z.object({ network: z.string(), clock: z.string(), tabUrl: z.string() });
const ActionResult = z.object({
  status: z.number(),
  kind: z.enum(["card", "message", "error", "none"]),
  text: z.string().nullish(),
});
const Problem = z.object({ detail: z.string() });

export type Chat = z.infer<typeof Chat>;
export type Info = z.infer<typeof Info>;
export type ActionResult = z.infer<typeof ActionResult>;
export type Answering = "accept" | "tentativelyAccept" | "decline";
export type StateChange = "install" | "uninstall" | "block" | "unblock" | "delete-chat";

/** An answer of the server, or a sentence about why there is none. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export interface SentAction {
  readonly type: string;
  readonly verb?: string;
  readonly data?: unknown;
}

const anything = z.unknown();

/** The Rehearsal API below `base`. Nothing here throws: a server that doesn't answer is an answer too. */
export function createApi(base: string) {
  const call = async <T>(schema: z.ZodType<T>, path: string, body?: object): Promise<Answer<T>> => {
    try {
      const response = await fetch(`${base}/${path}`, {
        cache: "no-store",
        ...(body === undefined
          ? {}
          : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      });
      const content: unknown = await response.json().catch(() => null);
      if (!response.ok) {
        const problem = Problem.safeParse(content);
        return { ok: false, reason: problem.success ? problem.data.detail : `The server answered ${response.status}.` };
      }
      const parsed = schema.safeParse(content);
      if (parsed.success) return { ok: true, value: parsed.data };
      return { ok: false, reason: "The server answered something that this page doesn't understand." };
    } catch {
      return { ok: false, reason: "The server didn't answer. Try again in a moment." };
    }
  };
  const of = (key: string) => `people/${encodeURIComponent(key)}`;
  return {
    eventsUrl: `${base}/events`,
    people: () => call(People, "people"),
    /** A person's chat; its messages count as read unless it is only peeked at. */
    chat: (key: string, peek: boolean) => call(Chat, `${of(key)}/chat${peek ? "?peek=true" : ""}`),
    /** A person's mails, newest first. */
    mails: (key: string) => call(Mails, `${of(key)}/mails`),
    readMail: (key: string, id: string) => call(anything, `${of(key)}/mails/${encodeURIComponent(id)}/read`, {}),
    /** The address of a mail's HTML. */
    bodyUrl: (key: string, id: string) => `${base}/${of(key)}/mails/${encodeURIComponent(id)}/body`,
    /** A person's calendar, by start. */
    calendar: (key: string) => call(Calendar, `${of(key)}/calendar`),
    respond: (key: string, iCalUId: string, response: Answering) =>
      call(anything, `${of(key)}/calendar/respond`, { iCalUId, response }),
    log: (after: number) => call(Log, `log?after=${after}`),
    info: () => call(Info, "info"),
    say: (key: string, said: string) => call(anything, `${of(key)}/messages`, { text: said }),
    press: (key: string, activityId: string, action: SentAction, inputs: object) =>
      call(ActionResult, `${of(key)}/actions`, { activityId, action, inputs }),
    change: (key: string, change: StateChange) => call(anything, `${of(key)}/state`, { do: change }),
  };
}

export type Api = ReturnType<typeof createApi>;
