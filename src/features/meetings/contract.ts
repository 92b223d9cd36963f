import { z } from "zod";
import { PageQuery } from "../../kernel/paging.ts";
import { answers } from "./constants.ts";
import { counts, MeetingResource, moment } from "./meeting-contract.ts";
import { NonWorking, NonWorkingTime } from "./non-working-times.ts";

export { MeetingResource } from "./meeting-contract.ts";

const Slot = z.object({
  startsAt: moment,
  endsAt: moment,
  isPlanned: z.boolean(),
  faults: z.array(z.string()).describe("Why it can't be held then; empty when it can"),
  reasons: z.array(z.string()).describe("For people, the distance from the planned day first"),
  counts: z.object({ free: z.int(), busy: z.int(), nonWorking: z.int(), away: z.int(), unknown: z.int() }),
});

export const MeetingPlan = z.object({
  freeBusy: z.enum(["off", "asked", "failed"]).describe("Whether members' calendars were looked at"),
  zone: z.string().describe("The network's, in which the meetings are held"),
  items: z.array(
    z.object({
      plannedOn: z.iso.date(),
      isFine: z.boolean().describe("The planned day can be booked as it is"),
      slots: z.array(Slot).describe("The one to take first"),
      best: Slot.nullable(),
    }),
  ),
});
export type MeetingPlan = z.infer<typeof MeetingPlan>;

const date = (what: string) => z.iso.date({ error: `${what}: give a date such as 2026-11-24.` });
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "start: give hours and minutes, such as 10:00." })
  .describe("Local time in the network's zone; the series' own when left out");
const minutes = z.int({ error: "minutes: give a whole number from 15 to 480." }).min(15).max(480);

export const PlanBody = z.strictObject({});

export const BookBody = z.strictObject({
  on: date("on"),
  start: time.optional(),
  minutes: minutes.optional(),
  plannedOn: date("plannedOn").optional().describe("The rhythm's date that this is the meeting of"),
  title: z.string().trim().min(1).max(100, { error: "title: write 100 characters at most." }).optional(),
  capacity: z.int().min(1).max(500).nullable().optional(),
});
export type BookBody = z.infer<typeof BookBody>;

const text = (what: string, longest: number) =>
  z.string({ error: `${what}: write text.` }).trim().min(1, { error: `${what}: write something.` }).max(longest, { error: `${what}: write ${longest} characters at most.` });

const NotesBody = z.strictObject({
  text: text("notes", 4000),
  actions: z
    .array(z.strictObject({ what: text("what", 300), who: text("who", 100), dueOn: date("dueOn").nullable().default(null) }))
    .max(50)
    .default([]),
});

export const ChangeBody = z.strictObject({
  on: date("on").optional(),
  start: time.optional(),
  minutes: minutes.optional(),
  agenda: z.array(text("agenda", 200)).max(20, { error: "agenda: give 20 points at most." }).nullable().optional().describe("Null goes back to the draft"),
  notes: NotesBody.optional().describe("Goes to everybody who was invited, as a card"),
  attended: z.array(z.strictObject({ person: z.uuid(), attended: z.boolean() })).max(500).optional(),
});
export type ChangeBody = z.infer<typeof ChangeBody>;

export const MeetingDetails = MeetingResource.extend({
  retriable: z.int().describe("Failed cards of every kind that can be sent again now; 0 for everyone but leads and admins"),
  agenda: z.object({
    items: z.array(z.string()).describe("For those invited, leads and admins; a draft only leads and admins see before the day before"),
    isDraft: z.boolean(),
  }),
  listed: z.array(z.string()).describe("Who comes and lets others see it; for those invited, leads and admins"),
  notes: z
    .object({ text: z.string(), actions: z.array(z.object({ what: z.string(), who: z.string(), dueOn: z.string().nullable() })) })
    .nullable()
    .describe("For those invited, leads and admins"),
  people: z
    .array(
      z.object({
        person: z.object({ id: z.string(), name: z.string(), area: z.string().nullable() }),
        answer: z.enum(answers).nullable(),
        isWaiting: z.boolean(),
        isAskedAgain: z.boolean().describe("The answer is from before the meeting was moved"),
        answeredAt: moment.nullable(),
        from: z.enum(["card", "calendar"]).nullable(),
        raise: z.string().nullable(),
        attended: z.boolean().nullable(),
      }),
    )
    .describe("Everybody who is invited, for leads and admins; empty for everyone else"),
});
export type MeetingDetails = z.infer<typeof MeetingDetails>;

export const MeetingPage = z.object({ items: z.array(MeetingResource), next: z.string().nullable() });
export const MeetingQuery = PageQuery;

export const RsvpBody = z.strictObject({
  answer: z.enum(answers),
  isListed: z.boolean().optional().describe("Whether others may see by name that you come; left out, it stays"),
  raise: z.string().nullable().optional().describe("What you want to raise; left out, it stays"),
});
export type RsvpBody = z.infer<typeof RsvpBody>;

export const MeetingRetried = z.object({ cards: z.int().describe("Cards that are sent again") });

export const AskPollBody = z.strictObject({ plannedOn: date("plannedOn").describe("A date of the plan") });
export const DecidePollBody = z.strictObject({ slot: z.iso.datetime({ offset: true }).describe("The start of one of the poll's slots") });

/** Whom a slot suits isn't told: the card promises that leads see how many, and not whom. */
export const PollResource = z.object({
  id: z.string(),
  plannedOn: z.iso.date(),
  askedAt: moment,
  deliveries: counts,
  answered: z.int(),
  none: z.int().describe("Of those who answered, whom no slot suits"),
  slots: z.array(
    z.object({
      startsAt: moment,
      endsAt: moment,
      words: z.string().describe("The day and the times"),
      suits: z.int().describe("How many of those who answered"),
    }),
  ),
});
export type PollResource = z.infer<typeof PollResource>;

export const PollList = z.object({ items: z.array(PollResource) });

export const NonWorkingResource = z.object({
  times: z.array(NonWorkingTime),
  words: z.string().describe("“Mondays and Thursday afternoons”, or “none”"),
});
export type NonWorkingResource = z.infer<typeof NonWorkingResource>;

export const NonWorkingBody = z
  .strictObject({
    text: z.string().optional().describe("As one would write it to the bot: “Mondays and Thursday afternoons”"),
    times: NonWorking.optional(),
  })
  .refine(({ text, times }) => (text === undefined) !== (times === undefined), { error: "Give either text or times." });
export type NonWorkingBody = z.infer<typeof NonWorkingBody>;
