import { expect } from "@jest/globals";
import { z } from "zod";
import type { TestApp } from "./test-app.ts";

const Events = z.object({ value: z.array(z.object({ id: z.string() })) });

/**
 * What the organiser does to their only meeting in Outlook, past the application.
 * @param somebody anyone with an account of the tenant, whose token is stretched to what Outlook may do
 */
export function organiserInOutlook(app: TestApp, somebody: string, mailbox = "meetings@network.example.org") {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const token = await app.tokenOf(somebody, { aud: "https://graph.microsoft.com", roles: ["Calendars.ReadWrite"] });
    const answer = await fetch(`${app.graph.url}/v1.0/users/${mailbox}/events${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.ok).toBe(true);
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  }
  async function change(method: string, action: string, body?: object): Promise<void> {
    const [event] = Events.parse(await call("GET", "")).value;
    await call(method, `/${encodeURIComponent(event?.id ?? "")}${action}`, body);
    await app.graph.notifications.idle();
    await app.settle();
  }
  return {
    /** To London's wall clock, such as "2027-01-14T14:00". */
    move: (start: string, end: string) =>
      change("PATCH", "", {
        start: { dateTime: start, timeZone: "Europe/London" },
        end: { dateTime: end, timeZone: "Europe/London" },
      }),
    cancel: () => change("POST", "/cancel", { comment: "Sorry" }),
    /** Takes the event out of the calendar. */
    remove: () => change("DELETE", ""),
    /** Writes another text over the whole body, the online meeting's block included. */
    overwriteBody: () => change("PATCH", "", { body: { contentType: "html", content: "<p>Only this</p>" } }),
  };
}
