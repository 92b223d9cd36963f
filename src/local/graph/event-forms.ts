import { z } from "zod";
import { refusal, type Refusal } from "./refusals.ts";
import { LocalTime, readTime } from "./zones.ts";

/** "Event resource type": the most attendees that an event may have. */
const mostAttendees = 500;

const Attendee = z.strictObject({
  emailAddress: z.strictObject({ name: z.string().default(""), address: z.string().regex(/^[^\s@]+@[^\s@]+$/) }),
  type: z.enum(["required", "optional", "resource"]).default("required"),
});
const Property = z.strictObject({ id: z.string(), value: z.string() });
const Body = z.strictObject({
  contentType: z.string().toLowerCase().pipe(z.enum(["html", "text"])),
  content: z.string(),
});

const Patch = z.strictObject({
  subject: z.string().optional(),
  body: Body.optional(),
  start: LocalTime.optional(),
  end: LocalTime.optional(),
  attendees: z.array(Attendee).optional(),
  hideAttendees: z.boolean().optional(),
  isOnlineMeeting: z.boolean().optional(),
  onlineMeetingProvider: z.literal("teamsForBusiness").optional(),
  singleValueExtendedProperties: z.array(Property).optional(),
  // Taken, and without effect here.
  allowNewTimeProposals: z.boolean().optional(),
  isReminderOn: z.boolean().optional(),
  reminderMinutesBeforeStart: z.int().optional(),
  responseRequested: z.literal(true).optional(),
  showAs: z.literal("busy").optional(),
});
const Create = Patch.extend({ start: LocalTime, end: LocalTime, transactionId: z.string().optional() });
const Change = Patch.extend({ transactionId: z.undefined().optional() });

/** What a request wants of an event; what it doesn't name is undefined. Times are in milliseconds since 1970. */
export interface EventWish {
  readonly subject: string | undefined;
  /** HTML. */
  readonly body: string | undefined;
  readonly startsAt: number | undefined;
  readonly endsAt: number | undefined;
  readonly zone: string | undefined;
  /** One for each address. */
  readonly attendees: readonly { readonly name: string; readonly address: string; readonly type: string }[] | undefined;
  readonly hideAttendees: boolean | undefined;
  readonly isOnlineMeeting: boolean | undefined;
  readonly properties: Readonly<Record<string, string>>;
  readonly transactionId: string | undefined;
}

/** Reads the body of a request that makes or changes an event. */
export function readEventWish(text: string, how: "create" | "change"): EventWish | Refusal {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refusal(400, "BadRequest", "Unable to read JSON request payload.");
  }
  const parsed = (how === "create" ? Create : Change).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === "unrecognized_keys";
    return unknown
      ? refusal(400, "RequestBodyRead", `The property '${issue.keys.join()}' does not exist or can't be set.`)
      : refusal(400, "ErrorPropertyValidationFailure", `The property '${issue?.path.join("/") ?? ""}' isn't valid.`);
  }
  const { subject, body, start, end, hideAttendees, isOnlineMeeting, transactionId } = parsed.data;
  const properties = parsed.data.singleValueExtendedProperties ?? [];
  if ((parsed.data.attendees ?? []).length > mostAttendees) {
    return refusal(400, "ErrorTooManyAttendees", `An event can't have more than ${mostAttendees} attendees.`);
  }
  const startsAt = start === undefined ? undefined : readTime(start);
  const endsAt = end === undefined ? undefined : readTime(end);
  if (typeof startsAt === "object") return startsAt;
  if (typeof endsAt === "object") return endsAt;
  return {
    subject,
    body: body === undefined ? undefined : htmlOf(body),
    startsAt,
    endsAt,
    zone: start?.timeZone,
    attendees: parsed.data.attendees === undefined ? undefined : onePerAddress(parsed.data.attendees),
    hideAttendees,
    isOnlineMeeting,
    properties: Object.fromEntries(properties.map(({ id, value }) => [id, value])),
    transactionId,
  };
}

function htmlOf({ contentType, content }: z.infer<typeof Body>): string {
  if (contentType === "html") return content;
  return `<pre>${content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</pre>`;
}

function onePerAddress(attendees: readonly z.infer<typeof Attendee>[]) {
  const known = new Map<string, { readonly name: string; readonly address: string; readonly type: string }>();
  for (const { emailAddress, type } of attendees) {
    const key = emailAddress.address.toLowerCase();
    if (!known.has(key)) known.set(key, { ...emailAddress, type });
  }
  return [...known.values()];
}
