import { ResponseType, type Client } from "@microsoft/microsoft-graph-client";
import type { z } from "zod";
import type { CalendarResult } from "../../features/meetings/calendar.ts";
import { Fault } from "../../kernel/errors.ts";
import { atMost } from "./at-once.ts";
import { calendarFaultOf } from "./faults.ts";

/** "Outlook service limits": requests at once for one app and mailbox. */
const requestsAtOnce = 4;

export interface CalendarCalls {
  /** Does what a call of the port asks for, and tells what went wrong as a value. */
  attempt<T>(work: () => Promise<CalendarResult<T>>): Promise<CalendarResult<T>>;
  get<T>(mailbox: string, path: string, schema: z.ZodType<T>, prefer?: string): Promise<T>;
  post<T>(mailbox: string, path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  /** Posts what is answered without a body. */
  act(mailbox: string, path: string, body: object): Promise<void>;
  /** @param version when given, the change is made only to this version of the thing */
  patch<T>(mailbox: string, path: string, body: object, schema: z.ZodType<T>, version?: string): Promise<T>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const success = <T>(value: T): CalendarResult<T> => ({ ok: true, value });

/** The address of a mailbox in Graph. */
export const userPath = (mailbox: string): string => `/users/${encodeURIComponent(mailbox)}`;

/**
 * Calls to Graph about calendars, whose answers are parsed: four at once for each mailbox, because Graph refuses more.
 * An answer that can't be what Graph means is thrown as a Fault "unexpected-answer".
 */
export function calendarCalls(client: Client, now: () => number): CalendarCalls {
  const turn = atMost(requestsAtOnce);
  const request = (path: string, prefer?: string) =>
    client.api(path).header("Prefer", [`outlook.timezone="UTC"`, ...(prefer === undefined ? [] : [prefer])].join(", "));

  async function parsed<T>(answer: Promise<unknown>, schema: z.ZodType<T>): Promise<T> {
    const result = schema.safeParse(await answer);
    if (result.success) return result.data;
    // Where the answer isn't what it should be, not what it says: that can be anybody's name.
    const place = result.error.issues[0]?.path.join(".") ?? "";
    throw new Fault("unexpected-answer", `Graph's answer doesn't have what it should at "${place}".`);
  }

  return {
    now,
    async attempt(work) {
      try {
        return await work();
      } catch (error) {
        const fault = calendarFaultOf(error, now());
        if (fault === null) throw error;
        return { ok: false, fault };
      }
    },
    get: (mailbox, path, schema, prefer) => turn(mailbox, () => parsed(request(path, prefer).get(), schema)),
    post: (mailbox, path, body, schema) => turn(mailbox, () => parsed(request(path).post(body), schema)),
    act: (mailbox, path, body) =>
      turn(mailbox, async () => {
        // Nothing of the answer is read, so that no oddity in it makes what was done look undone.
        await request(path).responseType(ResponseType.RAW).post(body);
      }),
    patch(mailbox, path, body, schema, version) {
      const sent = version === undefined ? request(path) : request(path).header("If-Match", version);
      return turn(mailbox, () => parsed(sent.patch(body), schema));
    },
  };
}
