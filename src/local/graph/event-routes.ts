import { z } from "zod";
import type { JsonAnswer } from "../entra/loopback.ts";
import type { Held } from "./calendar-store.ts";
import { readEventWish } from "./event-forms.ts";
import { etagOf, eventJson } from "./event-json.ts";
import type { MailAddress } from "./mail-forms.ts";
import { sameAddress } from "./meeting.ts";
import { cancelEvent, changeEvent, createEvent, removeCopy } from "./organise.ts";
import { refusal, type Refusal } from "./refusals.ts";
import { answerEvent, type Answering } from "./responses.ts";
import { isRefusal, jsonOf, type Call, type Route } from "./routes.ts";
import { preferredZone } from "./zones.ts";

export const mayRead = ["Calendars.Read", "Calendars.ReadWrite"];
export const mayWrite = ["Calendars.ReadWrite"];

const notFound = refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
const conflict = refusal(
  412,
  "ErrorIrresolvableConflict",
  "The change key passed in the request does not match the current change key for the item.",
);
const notOrganiser = refusal(400, "ErrorInvalidRequest", "You need to be an organizer to do this.");
const notRead = refusal(400, "RequestBodyRead", "The request is invalid.");

const Comment = z.strictObject({ comment: z.string().optional() });
const Response = Comment.extend({ sendResponse: z.boolean().default(true) });

export interface Place {
  readonly mailbox: MailAddress;
  /** The zone in which times are wanted. */
  readonly zone: string;
}

/** The mailbox that a call names, and the zone in which it wants times. */
export function placeOf({ params, request, doing }: Call): Place | Refusal {
  const mailbox = doing.book.mailboxOf(params[0] ?? "");
  if ("status" in mailbox) return mailbox;
  const zone = preferredZone(String(request.headers["prefer"] ?? ""));
  return typeof zone === "string" ? { mailbox, zone } : zone;
}

type OnEvent = (held: Held, zone: string) => JsonAnswer | Refusal;

/** Finds the event that a call names, as long as it is still what the caller read. */
function withEvent(call: Call, work: OnEvent): JsonAnswer | Refusal {
  const place = placeOf(call);
  if (isRefusal(place)) return place;
  const held = call.doing.store.find(place.mailbox.address.toLowerCase(), call.params[1] ?? "");
  if (held === undefined) return notFound;
  const version = call.request.headers["if-match"];
  if (version !== undefined && version !== "*" && version !== etagOf(held.copy)) return conflict;
  return work(held, place.zone);
}

const isOwn = ({ meeting, copy }: Held) => sameAddress(copy.mailbox, meeting.organiser.address);

/** An event with the properties that $select names, or all of them. */
export function selected(query: URLSearchParams, event: object): object {
  const names = query.get("$select")?.split(",");
  if (names === undefined) return event;
  const kept = new Set([...names.map((name) => name.trim()), "id", "@odata.etag"]);
  return Object.fromEntries(Object.entries(event).filter(([name]) => kept.has(name)));
}

export interface EventSettings {
  /** How long an answer takes to reach the organiser, in milliseconds. */
  readonly responseDelayMs: number;
  /** The status of a transaction id's second use; asked each time. */
  readonly duplicateStatus: () => number;
}

type Handle = (call: Call) => JsonAnswer | Refusal;

/** The routes of single events. */
export function eventRoutes(settings: EventSettings): Route[] {
  const route = (method: string, path: RegExp, roles: readonly string[], handle: Handle): Route => ({
    method,
    path,
    roles,
    kind: "calendar",
    hasMailbox: true,
    handle: async (call) => handle(call),
  });

  function create(call: Call): JsonAnswer | Refusal {
    const place = placeOf(call);
    if (isRefusal(place)) return place;
    const wish = readEventWish(call.request.body ?? "", "create");
    if (isRefusal(wish)) return wish;
    const own = call.doing.store.held(place.mailbox.address.toLowerCase()).filter(isOwn);
    if (wish.transactionId !== undefined && own.some(({ meeting }) => meeting.transactionId === wish.transactionId)) {
      const message = "The TransactionId specified in the request has already been used to create a different event.";
      return refusal(settings.duplicateStatus(), "ErrorDuplicateTransactionId", message);
    }
    const made = createEvent(call.doing, place.mailbox, wish);
    return isRefusal(made) ? made : { status: 201, body: eventJson(made, place.zone) };
  }

  const change = (call: Call) =>
    withEvent(call, (held, zone) => {
      if (!isOwn(held)) return notOrganiser;
      const wish = readEventWish(call.request.body ?? "", "change");
      if (isRefusal(wish)) return wish;
      const changed = changeEvent(call.doing, held, wish);
      return isRefusal(changed) ? changed : { status: 200, body: eventJson(changed, zone) };
    });

  const cancel = (call: Call) =>
    withEvent(call, (held) => {
      if (!isOwn(held)) return notOrganiser;
      if (!Comment.safeParse(jsonOf(call.request.body)).success) return notRead;
      cancelEvent(call.doing, held);
      return { status: 202 };
    });

  const remove = (call: Call) =>
    withEvent(call, (held) => {
      if (isOwn(held)) cancelEvent(call.doing, held);
      else removeCopy(call.doing, held);
      return { status: 204 };
    });

  const answer = (how: Answering) => (call: Call) =>
    withEvent(call, (held) => {
      const { body } = call.request;
      const wish = Response.safeParse(body === null || body === "" ? {} : jsonOf(body));
      if (!wish.success) return notRead;
      const manner = { send: wish.data.sendResponse, delay: settings.responseDelayMs };
      return answerEvent(call.doing, held, how, manner) ?? { status: 202 };
    });

  const one = /^\/users\/([^/]+)(?:\/calendar)?\/events\/([^/]+)$/i;
  const action = (name: string) => new RegExp(`^/users/([^/]+)(?:/calendar)?/events/([^/]+)/${name}$`, "i");
  return [
    route("POST", /^\/users\/([^/]+)(?:\/calendar)?\/events$/i, mayWrite, create),
    route("GET", one, mayRead, (call) =>
      withEvent(call, (held, zone) => ({ status: 200, body: selected(call.request.query, eventJson(held, zone)) })),
    ),
    route("PATCH", one, mayWrite, change),
    route("DELETE", one, mayWrite, remove),
    route("POST", action("cancel"), mayWrite, cancel),
    route("POST", action("accept"), mayWrite, answer("accept")),
    route("POST", action("tentativelyAccept"), mayWrite, answer("tentativelyAccept")),
    route("POST", action("decline"), mayWrite, answer("decline")),
  ];
}
