import { type Actor, allow } from "../../kernel/actor.ts";
import { type Problem, type Route, route } from "../../kernel/http.ts";
import { asId, type EventId } from "../../kernel/ids.ts";
import { answerDirectly, type DirectOutcome } from "./answering.ts";
import { MeetingDetails, NonWorkingBody, NonWorkingResource, RsvpBody } from "./contract.ts";
import { leavesNoDay, type NonWorking, nonWorkingInWords, tidied } from "./non-working.ts";
import { parseNonWorking, type ReadNonWorking } from "./non-working-reading.ts";
import type { MeetingDeps } from "./ports.ts";
import { meetingDetails } from "./reading.ts";
import { overInWords } from "./words.ts";

const everyone = { allow: allow.everyone, allowed: "Everyone, for themselves" };

/** What people say about themselves: whether they come to a meeting, and when they don't work. */
export function ownRoutes(deps: MeetingDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "meetings/:id/rsvp",
      summary: "Say whether I come; my card and my calendar follow",
      ...everyone,
      body: { type: "application/json", schema: RsvpBody },
      response: MeetingDetails,
      async handle({ actor, params, body: { answer, isListed, raise } }) {
        const outcome = await answerDirectly(deps, actor, asId<EventId>(params["id"] ?? ""), {
          answer,
          ...(isListed === undefined ? {} : { isListed }),
          ...(raise === undefined ? {} : { raise }),
        });
        if (outcome.kind === "recorded") return { kind: "ok", body: await meetingDetails(deps, actor, outcome.event) };
        return whyNotRecorded(outcome, deps);
      },
    }),
    route({
      method: "GET",
      path: "me/non-working",
      summary: "When I don't work",
      ...everyone,
      response: NonWorkingResource,
      handle: async ({ actor }) => ({ kind: "ok", body: await nonWorkingOf(deps, actor) }),
    }),
    route({
      method: "PATCH",
      path: "me/non-working",
      summary: "Say when I don't work; dates for meetings are looked for accordingly",
      ...everyone,
      body: { type: "application/json", schema: NonWorkingBody },
      response: NonWorkingResource,
      async handle({ actor, body: { text, times } }) {
        const read = times === undefined ? parseNonWorking(text ?? "") : checked(times);
        if (!read.ok) {
          const errors = [{ path: times === undefined ? "text" : "times", message: read.message }];
          return { kind: "problem", status: 422, detail: read.message, errors };
        }
        await deps.store.transaction(actor.network, (tx) => tx.events.saveNonWorking(actor.person, read.times));
        return { kind: "ok", body: await nonWorkingOf(deps, actor) };
      },
    }),
  ];
}

async function nonWorkingOf(deps: MeetingDeps, actor: Actor): Promise<NonWorkingResource> {
  const times = (await deps.store.read(actor.network).events.nonWorking()).get(actor.person) ?? [];
  return { times: tidied(times), words: nonWorkingInWords(times) };
}

function checked(times: NonWorking): ReadNonWorking {
  if (!leavesNoDay(times)) return { ok: true, times: tidied(times) };
  return { ok: false, message: "That leaves no day from Monday to Friday: leave one out." };
}

function whyNotRecorded(
  outcome: Exclude<DirectOutcome, { kind: "recorded" }>,
  { clock }: Pick<MeetingDeps, "clock">,
): Problem {
  switch (outcome.kind) {
    case "invalid": {
      const errors = [{ path: "raise", message: outcome.error }];
      return { kind: "problem", status: 422, detail: outcome.error, errors };
    }
    case "not-invited":
      return { kind: "problem", status: 403, detail: "You aren't invited to this meeting, so there is nothing to answer." };
    case "over":
      return { kind: "problem", status: 409, detail: overInWords(outcome.event, clock.now()) };
    case "unknown":
      return { kind: "problem", status: 404, detail: "There is no such meeting." };
  }
}
