import type { Server } from "restify";
import { z } from "zod";
import type { GraphStandIn } from "../graph/index.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import { json, readJson } from "./http.ts";

export interface CalendarsDeps {
  readonly graph: Pick<GraphStandIn, "calendarOf" | "respond">;
  account(key: string): Promise<Pick<DirectoryPerson, "email"> | null>;
}

const Respond = z.object({
  iCalUId: z.string().min(1),
  response: z.enum(["accept", "tentativelyAccept", "decline"]),
});

const noPerson = { detail: "There is no such person." };
const unread = { detail: "Choose a meeting and an answer." };
const nothingToAnswer = {
  detail: "This can't be answered: the meeting was cancelled, or it isn't in this calendar any more.",
};

/** Adds each person's calendar to the Rehearsal page's server, with what Outlook's three buttons do. */
export function mountCalendars(server: Server, { graph, account }: CalendarsDeps): void {
  server.get("/rehearsal/api/people/:key/calendar", async (request, response) => {
    const person = await account(keyOf(request));
    if (person === null) return json(response, 404, noPerson);
    json(response, 200, { items: graph.calendarOf(person.email) });
  });

  server.post("/rehearsal/api/people/:key/calendar/respond", async (request, response) => {
    const person = await account(keyOf(request));
    if (person === null) return json(response, 404, noPerson);
    const wish = await readJson(request, Respond);
    if (wish === null) return json(response, 400, unread);
    const done = await graph.respond(person.email, wish.iCalUId, wish.response);
    json(response, done ? 200 : 409, done ? {} : nothingToAnswer);
  });
}

function keyOf(request: { params?: Record<string, string> }): string {
  return request.params?.["key"] ?? "";
}
