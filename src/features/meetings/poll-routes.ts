import { type Actor, allow } from "../../kernel/actor.ts";
import { problem, type Problem, route, type Route } from "../../kernel/http.ts";
import { asId, type PollId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import { bookingFaultInWords } from "./booking-words.ts";
import { AskPollBody, DecidePollBody, MeetingDetails, PollList, PollResource } from "./contract.ts";
import { type Decision, decidePoll } from "./deciding.ts";
import { readSettings } from "./deps.ts";
import type { PlanningDeps } from "./planning.ts";
import { slotsInWords } from "./poll-cards.ts";
import { type AskResult, askWhichSuit } from "./polling.ts";
import { type Poll, suiting } from "./polls.ts";
import { meetingDetails } from "./reading.ts";

const runs = { allow: allow.runners, allowed: "Leads of the whole network, and admins" };

/** Polls about dates in the API: ask, read how many each date suits, book one. */
export function pollRoutes(deps: PlanningDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "meetings/plan/poll",
      summary: "Ask everybody which of the best dates for a planned one suit them",
      ...runs,
      body: { type: "application/json", schema: AskPollBody },
      response: PollResource,
      async handle({ actor, body }) {
        const asked = await askWhichSuit(deps, actor, Temporal.PlainDate.from(body.plannedOn));
        if (!asked.ok) return problem(409, whyNotAsked[asked.why]);
        const [resource] = await pollResources(deps, actor, [asked.poll]);
        return resource === undefined ? unknown : { kind: "ok", status: 201, body: resource };
      },
    }),
    route({
      method: "GET",
      path: "meetings/polls",
      summary: "Polls about dates that are still to be decided, with how many each date suits",
      allow: allow.leadsAndAdmins,
      allowed: "Leads and admins",
      response: PollList,
      async handle({ actor }) {
        const now = deps.clock.now();
        const open = await deps.store.read(actor.network).polls.open();
        const ahead = open.filter(({ slots }) => slots.some(({ startsAt }) => Temporal.Instant.compare(now, startsAt) < 0));
        return { kind: "ok", body: { items: await pollResources(deps, actor, ahead) } };
      },
    }),
    route({
      method: "POST",
      path: "meetings/polls/:id/decide",
      summary: "Book one of a poll's dates; the calendar and the cards follow",
      ...runs,
      body: { type: "application/json", schema: DecidePollBody },
      response: MeetingDetails,
      async handle({ actor, params, body }) {
        const decided = await decidePoll(deps, actor, asId<PollId>(params["id"] ?? ""), Temporal.Instant.from(body.slot));
        if (!decided.ok) return whyNotDecided(decided);
        return { kind: "ok", status: 201, body: await meetingDetails(deps, actor, decided.event) };
      },
    }),
  ];
}

async function pollResources(deps: PlanningDeps, actor: Actor, polls: readonly Poll[]): Promise<PollResource[]> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const today = dateIn(settings.zone, deps.clock.now());
  const cards = await read.deliveries.counts(polls.map(({ id }) => id), "poll");
  const inZone = (at: Temporal.Instant) => at.toZonedDateTimeISO(settings.zone).toString({ timeZoneName: "never" });
  const resources: PollResource[] = [];
  for (const poll of polls) {
    const answers = await read.polls.answers(poll.id);
    const suits = suiting(poll, answers);
    const words = slotsInWords(poll, settings, today);
    resources.push({
      id: poll.id,
      plannedOn: poll.planned.on.toString(),
      askedAt: inZone(poll.askedAt),
      deliveries: cards.get(poll.id) ?? noCards,
      answered: answers.length,
      none: answers.filter(({ slots }) => slots.length === 0).length,
      slots: poll.slots.map(({ startsAt, endsAt }, place) => ({
        startsAt: inZone(startsAt),
        endsAt: inZone(endsAt),
        words: words[place] ?? "",
        suits: suits[place] ?? 0,
      })),
    });
  }
  return resources;
}

const noCards = { intended: 0, delivered: 0, failed: 0, skipped: 0, pending: 0 };

const unknown = problem(404, "There is no such poll.");

const whyNotAsked: Readonly<Record<(AskResult & { ok: false })["why"], string>> = {
  "not-open": "This isn't a date that the plan has open: it has a meeting already, has passed or is no date of the series.",
  "no-choice": "There is only one day that can be booked, so there is nothing to choose from.",
  asked: "Everybody has been asked about this date already.",
};

function whyNotDecided(result: Decision & { ok: false }): Problem {
  switch (result.why) {
    case "unknown":
      return unknown;
    case "settled":
      return problem(409, "This poll is over: a date was booked, or another way was found.");
    case "no-such-slot": {
      const message = "This isn't one of the poll's dates: give the startsAt of one of its slots.";
      return { kind: "problem", status: 422, detail: message, errors: [{ path: "slot", message }] };
    }
    case "not-bookable":
      return problem(409, "This date can't be booked any more: look at the plan to see what can.");
    case "no-organiser":
    case "past":
    case "taken":
    case "nobody":
    case "too-many":
      return problem(409, bookingFaultInWords(result));
  }
}
