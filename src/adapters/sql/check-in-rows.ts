import type { Selectable } from "kysely";
import { z } from "zod";
import { Answers } from "../../features/check-ins/answers.ts";
import type {
  CheckIn,
  CheckInDetails,
  HelpRequest,
  PastCheckIn,
  PastDetails,
  Round,
  RoundTeam,
} from "../../features/check-ins/model.ts";
import { requestReasons, requestStates } from "../../features/check-ins/request-contract.ts";
import { jobRoles } from "../../features/roster/model.ts";
import { asId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { instantOf, localDateOf } from "./values.ts";

const Guides = z.partialRecord(z.enum(jobRoles), z.object({ low: z.number(), high: z.number() }));
const Posts = z.partialRecord(z.enum(jobRoles), z.number());
const TeamState = z.enum(["waiting", "answered", "skipped"]);
const RequestState = z.enum(requestStates);
const Reasons = z.array(z.enum(requestReasons));

export function roundOf(row: Selectable<Database["check_in_rounds"]>): Round {
  return {
    id: asId(row.id),
    opensOn: localDateOf(row.opens_on),
    openedAt: instantOf(row.opened_at),
    closesAt: instantOf(row.closes_at),
    closedAt: row.closed_at === null ? null : instantOf(row.closed_at),
    questionSet: row.question_set,
    theme: row.theme,
    guides: Guides.parse(row.guide),
  };
}

export function roundTeamOf(row: Selectable<Database["round_teams"]>): RoundTeam {
  return {
    round: asId(row.round),
    team: asId(row.team),
    periodFrom: localDateOf(row.period_from),
    state: TeamState.parse(row.state),
  };
}

export function checkInOf(row: Selectable<Database["check_ins"]>): CheckIn {
  return {
    round: asId(row.round),
    team: asId(row.team),
    person: asId(row.person),
    answers: Answers.parse(row.answers),
    posts: Posts.parse(row.posts),
    carried: row.carried,
    submittedAt: instantOf(row.submitted_at),
  };
}

export function pastCheckInOf(
  row: Selectable<Database["check_ins"]> & { opens_on: string; period_from: string; question_set: string },
): PastCheckIn {
  return {
    ...checkInOf(row),
    opensOn: localDateOf(row.opens_on),
    periodFrom: localDateOf(row.period_from),
    questionSet: row.question_set,
  };
}

export function detailsOf(row: Selectable<Database["check_in_details"]>): CheckInDetails {
  return {
    round: asId(row.round),
    team: asId(row.team),
    person: asId(row.person),
    answers: Answers.parse(row.answers),
    submittedAt: instantOf(row.submitted_at),
  };
}

export function pastDetailsOf(
  row: Selectable<Database["check_in_details"]> & { opens_on: string; period_from: string; question_set: string; theme: string },
): PastDetails {
  return {
    ...detailsOf(row),
    opensOn: localDateOf(row.opens_on),
    periodFrom: localDateOf(row.period_from),
    questionSet: row.question_set,
    theme: row.theme,
  };
}

export function requestOf(row: Selectable<Database["requests"]>): HelpRequest {
  return {
    id: asId(row.id),
    round: asId(row.round),
    team: asId(row.team),
    askedBy: asId(row.asked_by),
    reasons: Reasons.parse(row.reasons),
    owner: asId(row.owner),
    dueOn: localDateOf(row.due_on),
    state: RequestState.parse(row.state),
    updatedAt: instantOf(row.updated_at),
    done: row.done_at === null || row.done_by === null ? null : { at: instantOf(row.done_at), by: asId(row.done_by) },
  };
}
