import * as z from "zod/mini";

const Card = z.record(z.string(), z.unknown());
const Linked = z.object({ token: z.string(), card: Card, hasCalendarFile: z.boolean() });
/** An ISO date: the last day away. */
const Away = z.nullable(z.string());
const Opened = z.object({
  person: z.string(),
  network: z.string(),
  stopped: z.boolean(),
  awayUntil: Away,
  cards: z.array(Linked),
});
const Words = z.object({ kind: z.enum(["message", "refused"]), text: z.string() });
const Reply = z.union([z.object({ kind: z.literal("card"), card: Card }), Words]);
const Pressed = z.object({ reply: Reply, more: z.array(Linked) });
const Said = z.object({ text: z.string(), stopped: z.boolean(), awayUntil: Away });
const File = z.object({ fileName: z.string(), ics: z.string() });
const Renewed = z.object({ text: z.string() });
const Offer = z.enum(["renew", "start"]);
const Problem = z.object({ detail: z.string(), offers: z.optional(z.array(Offer)) });

export type LinkedCard = z.infer<typeof Linked>;
export type CalendarFile = z.infer<typeof File>;
export type Opened = z.infer<typeof Opened>;
/** What can still be asked for by a link that is over: a new one, and messages again. */
export type Offer = z.infer<typeof Offer>;

/**
 * Why there is no answer. wrong: not one of Steady's links; over: a link that has ended; busy: too much at once;
 * refused: not possible; broken: the server failed; silent: nothing came back.
 */
export type Trouble = "wrong" | "over" | "busy" | "refused" | "broken" | "silent";

/** An answer of the server, or the trouble, with the server's own sentence and offers where it gave them. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble; readonly detail: string | null; readonly offers: readonly Offer[] };

export type Failure = Extract<Answer<never>, { ok: false }>;

/** Longer than any slow phone needs, in milliseconds: whoever waits should be told at last. */
const patience = 30_000;

function troubleOf(status: number): Trouble {
  if (status === 401) return "wrong";
  if (status === 410) return "over";
  if (status === 429) return "busy";
  return status >= 500 ? "broken" : "refused";
}

function failed(trouble: Trouble): Failure {
  return { ok: false, trouble, detail: null, offers: [] };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function call<T>(schema: z.ZodMiniType<T>, path: string, token: string, body: object = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(`/respond/api/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
    // Throws when the answer breaks off, which is no answer.
    const content = read(await response.text());
    if (!response.ok) {
      const problem = Problem.safeParse(content).data;
      const [detail, offers] = [problem?.detail ?? null, problem?.offers ?? []];
      return { ok: false, trouble: troubleOf(response.status), detail, offers };
    }
    const parsed = schema.safeParse(content);
    return parsed.success ? { ok: true, value: parsed.data } : failed("broken");
  } catch {
    return failed("silent");
  }
}

/**
 * What a link's token may ask for. Nothing here throws: a server that doesn't answer is an answer too. The token goes
 * into a header only, because addresses are kept in logs.
 */
export function createApi(token: string) {
  return {
    card: () => call(Opened, "card", token),
    /** Presses a button of the card whose token this is; `data` is the card's own with what was typed. */
    press: (cardToken: string, action: { readonly verb: string; readonly data: object }) =>
      call(Pressed, "press", cardToken, { action }),
    /** What the card of this token is about, as a file for a calendar. */
    calendar: (cardToken: string) => call(File, "calendar", cardToken),
    say: (text: "stop" | "start" | "back") => call(Said, "say", token, { text }),
    renew: () => call(Renewed, "renew", token),
  };
}

export type Api = ReturnType<typeof createApi>;
