import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { problem, type Problem, route, type Route } from "../../kernel/http.ts";
import { asId, type EventId } from "../../kernel/ids.ts";
import { page } from "../../kernel/paging.ts";
import { dateIn, momentOn, Temporal } from "../../kernel/time.ts";
import { bookMeeting, type BookingResult, cancelMeeting, type ChangeResult, moveMeeting } from "./booking.ts";
import { bookingFaultInWords } from "./booking-words.ts";
import { personalDataIn, writeUp } from "./changing.ts";
import { BookBody, ChangeBody, MeetingDetails, MeetingPage, MeetingPlan, MeetingQuery, MeetingRetried, PlanBody } from "./contract.ts";
import { readSettings } from "./deps.ts";
import type { NetworkEvent } from "./model.ts";
import { ownRoutes } from "./own-routes.ts";
import { planMeetings, type PlanningDeps } from "./planning.ts";
import { pollRoutes } from "./poll-routes.ts";
import type { RankedSlot } from "./ranking.ts";
import { meetingDetails, meetingResources } from "./reading.ts";
import { retryMeeting } from "./retrying.ts";
import { seriesDates } from "./series.ts";

const runs = { allow: allow.runners, allowed: "Leads of the whole network, and admins" };
const everyone = { allow: allow.everyone, allowed: "Everyone; agenda and notes are for those invited, who answered what is for leads and admins" };

/** Meetings in the API: plan, book, read, change, cancel, answer. */
export function meetingRoutes(deps: PlanningDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "meetings/plan",
      summary: "Propose dates for the next meetings, with reasons; changes nothing",
      ...runs,
      body: { type: "application/json", schema: PlanBody },
      response: MeetingPlan,
      async handle({ actor }) {
        const plan = await planMeetings(deps, actor.network);
        const { zone } = await readSettings(deps.store.read(actor.network).settings);
        if (!plan.ok) return problem(409, "No series is set: give the first meeting's date (firstOn) in the settings.");
        const items = plan.proposals.map(({ plannedOn, isFine, slots, best }) => ({
          plannedOn: plannedOn.toString(),
          isFine,
          slots: slots.map((slot) => slotResource(slot, zone)),
          best: best === null ? null : slotResource(best, zone),
        }));
        return { kind: "ok", body: { freeBusy: plan.freeBusy, zone, items } };
      },
    }),
    route({
      method: "POST",
      path: "meetings",
      summary: "Book a meeting; the calendar and the cards follow",
      ...runs,
      body: { type: "application/json", schema: BookBody },
      response: MeetingDetails,
      async handle({ actor, body }) {
        const booked = await book(deps, actor, body);
        if (!booked.ok) return bookingProblem(booked);
        return { kind: "ok", status: 201, body: await meetingDetails(deps, actor, booked.event) };
      },
    }),
    route({
      method: "GET",
      path: "meetings",
      summary: "Meetings, the latest first",
      ...everyone,
      query: MeetingQuery,
      response: MeetingPage,
      async handle({ actor, query }) {
        const after = query.after === undefined ? null : asId<EventId>(query.after);
        const events = await deps.store.read(actor.network).events.page({ limit: query.limit + 1, after });
        const { items, next } = page(events, query.limit, (event) => event.id);
        return { kind: "ok", body: { items: await meetingResources(deps, actor, items), next } };
      },
    }),
    route({
      method: "GET",
      path: "meetings/:id",
      summary: "One meeting with its agenda and answers",
      ...everyone,
      response: MeetingDetails,
      async handle({ actor, params }) {
        const event = await eventIn(deps, actor, params["id"]);
        return event === null ? unknown : { kind: "ok", body: await meetingDetails(deps, actor, event) };
      },
    }),
    route({
      method: "PATCH",
      path: "meetings/:id",
      summary: "Move a meeting, edit its agenda, add notes, or mark who was there",
      ...runs,
      body: { type: "application/json", schema: ChangeBody },
      response: MeetingDetails,
      async handle({ actor, params, body }) {
        const event = await eventIn(deps, actor, params["id"]);
        if (event === null) return unknown;
        const errors = personalDataIn(body);
        if (errors.length > 0) return { kind: "problem", status: 422, detail: "Nothing was changed: take personal details out.", errors };
        const moved = await move(deps, actor, event, body);
        if (!moved.ok) return changeProblem(moved);
        const { agenda, notes, attended } = body;
        const isWriting = agenda !== undefined || notes !== undefined || attended !== undefined;
        const written = { ...(agenda === undefined ? {} : { agenda }), ...(notes === undefined ? {} : { notes }), ...(attended === undefined ? {} : { attended }) };
        const after = isWriting ? await writeUp(deps, actor, event.id, written) : moved.event;
        return after === null ? unknown : { kind: "ok", body: await meetingDetails(deps, actor, after) };
      },
    }),
    route({
      method: "DELETE",
      path: "meetings/:id",
      summary: "Cancel a meeting; everybody is told",
      ...runs,
      response: MeetingDetails,
      async handle({ actor, params }) {
        const event = await eventIn(deps, actor, params["id"]);
        if (event === null) return unknown;
        const cancelled = await cancelMeeting(deps, actor.network, actor, event.id);
        if (!cancelled.ok) return changeProblem(cancelled);
        return { kind: "ok", body: await meetingDetails(deps, actor, cancelled.event) };
      },
    }),
    route({
      method: "POST",
      path: "meetings/:id/retry",
      summary: "Send a meeting's failed cards again",
      ...runs,
      response: MeetingRetried,
      async handle({ actor, params }) {
        const cards = await retryMeeting(deps, actor, asId<EventId>(params["id"] ?? ""));
        return cards === null ? unknown : { kind: "ok", body: { cards } };
      },
    }),
    ...pollRoutes(deps),
    ...ownRoutes(deps),
  ];
}

async function eventIn(deps: PlanningDeps, actor: Actor, text: string | undefined): Promise<NetworkEvent | null> {
  const id = z.uuid().safeParse(text);
  return id.success ? deps.store.read(actor.network).events.byId(asId<EventId>(id.data)) : null;
}

async function book(deps: PlanningDeps, actor: Actor, body: BookBody): Promise<BookingResult | NotPlanned> {
  const settings = await readSettings(deps.store.read(actor.network).settings);
  const startsAt = momentOn(Temporal.PlainDate.from(body.on), body.start ?? settings.start, settings.zone);
  const endsAt = startsAt.add({ minutes: body.minutes ?? settings.minutes });
  const wish = { startsAt, endsAt, ...(body.title === undefined ? {} : { title: body.title }), capacity: body.capacity ?? null };
  if (body.plannedOn === undefined) return bookMeeting(deps, actor.network, actor, { ...wish, planned: null });
  const on = Temporal.PlainDate.from(body.plannedOn);
  const [planned] = seriesDates(settings, on, 1);
  if (planned?.on.equals(on) !== true) return { ok: false, why: "not-planned" };
  const plan = await planMeetings(deps, actor.network);
  const proposal = plan.ok ? plan.proposals.find((one) => one.plannedOn.equals(on)) : undefined;
  const slot = proposal?.slots.find((one) => one.startsAt.equals(startsAt));
  const excluded = slot === undefined ? {} : { excluded: slot.excluded };
  return bookMeeting(deps, actor.network, actor, { ...wish, planned, ...excluded });
}

interface NotPlanned {
  readonly ok: false;
  readonly why: "not-planned";
}

async function move(deps: PlanningDeps, actor: Actor, event: NetworkEvent, body: ChangeBody): Promise<ChangeResult> {
  const { on, start, minutes } = body;
  if (on === undefined && start === undefined && minutes === undefined) return { ok: true, event };
  const present = event.startsAt.toZonedDateTimeISO(event.zone);
  const day = on === undefined ? dateIn(event.zone, event.startsAt) : Temporal.PlainDate.from(on);
  const startsAt = momentOn(day, start ?? present.toPlainTime().toString({ smallestUnit: "minute" }), event.zone);
  const length = minutes ?? event.startsAt.until(event.endsAt).total("minutes");
  return moveMeeting(deps, actor.network, actor, event.id, { startsAt, endsAt: startsAt.add({ minutes: length }) });
}

function slotResource({ startsAt, endsAt, isPlanned, faults, reasons, counts }: RankedSlot, zone: string) {
  const inZone = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
  return {
    startsAt: inZone(startsAt),
    endsAt: inZone(endsAt),
    isPlanned,
    faults: [...faults],
    reasons: [...reasons],
    counts: { ...counts },
  };
}

const unknown: Problem = { kind: "problem", status: 404, detail: "There is no such meeting." };

const statuses = { "no-organiser": 409, past: 422, taken: 409, nobody: 409, "too-many": 422 } as const;

function bookingProblem(result: (BookingResult & { ok: false }) | NotPlanned): Problem {
  if (result.why === "not-planned") {
    return problem(422, "plannedOn isn't a date of the series: take one from the plan, or leave it out.");
  }
  return problem(statuses[result.why], bookingFaultInWords(result));
}

function changeProblem(result: ChangeResult & { ok: false }): Problem {
  switch (result.why) {
    case "unknown":
      return unknown;
    case "over":
      return problem(409, "This meeting has started or is cancelled, so nothing was changed.");
    case "past":
      return problem(422, "That time has passed: choose a later one.");
  }
}
