import type { PersonId, RequestId, RoundId, TeamId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import type { Posts } from "../roster/model.ts";
import type { Guides } from "./caseload.ts";
import type { Answers } from "./answers.ts";
import type { requestReasons, requestStates } from "./request-contract.ts";

/** One time of asking every team. Guide ranges and questions are frozen with it. */
export interface Round {
  readonly id: RoundId;
  /** The day that the figures go up to. */
  readonly opensOn: LocalDate;
  readonly openedAt: Instant;
  readonly closesAt: Instant;
  /** Null while it is open. */
  readonly closedAt: Instant | null;
  /** Version of the question set. */
  readonly questionSet: string;
  /** Id of the theme of the second card. */
  readonly theme: string;
  readonly guides: Guides;
}

/** A team's part in a round. */
export interface RoundTeam {
  readonly round: RoundId;
  readonly team: TeamId;
  /** Where the period that is asked about begins: the team's previous answered opening, at first one cadence back. */
  readonly periodFrom: LocalDate;
  readonly state: "waiting" | "answered" | "skipped";
}

/** What a team answered in a round; a later answer replaces it until the round closes. */
export interface CheckIn {
  readonly round: RoundId;
  readonly team: TeamId;
  readonly person: PersonId;
  readonly answers: Answers;
  /** WTE in post as of this answer. */
  readonly posts: Posts;
  /** Ids of the questions whose figures were carried forward unseen ("same as last time"). */
  readonly carried: readonly string[];
  readonly submittedAt: Instant;
}

/** The optional second card of a round. */
export interface CheckInDetails {
  readonly round: RoundId;
  readonly team: TeamId;
  readonly person: PersonId;
  readonly answers: Answers;
  readonly submittedAt: Instant;
}

/** A team's second card together with the round that it belongs to. */
export interface PastDetails extends CheckInDetails {
  readonly opensOn: LocalDate;
  readonly periodFrom: LocalDate;
  readonly questionSet: string;
  readonly theme: string;
}

/** A team's check-in together with the round that it belongs to. */
export interface PastCheckIn extends CheckIn {
  readonly opensOn: LocalDate;
  readonly periodFrom: LocalDate;
  readonly questionSet: string;
}

/**
 * Why somebody speaks to a team: what they asked for, a workload that is more than they can do safely, or a lead who
 * means to ring them without having been asked.
 */
export type RequestReason = (typeof requestReasons)[number];

/** Something asked for, with an owner and a due date. At most one per team and round. */
export interface HelpRequest {
  readonly id: RequestId;
  readonly round: RoundId;
  readonly team: TeamId;
  readonly askedBy: PersonId;
  readonly reasons: readonly RequestReason[];
  readonly owner: PersonId;
  readonly dueOn: LocalDate;
  readonly state: (typeof requestStates)[number];
  readonly updatedAt: Instant;
  /** When a lead last marked it done, and who: kept when it is opened again. Null while nobody has. */
  readonly done: { readonly at: Instant; readonly by: PersonId } | null;
}

const reasonWords: Record<RequestReason, string> = {
  unsafe: "says the workload is more than they can do safely",
  network: "would like to raise something at the network",
  peer: "would like advice from a peer",
  call: "would like a call",
  lead: "a lead means to ring",
};

/** "would like a call": as it goes on after the name of whoever asks, except for a lead's own reason. */
export function reasonInWords(reason: RequestReason): string {
  return reasonWords[reason];
}

/** "would like a call and says the workload is more than they can do safely"; "" where the team asks for nothing. */
export function reasonsInWords(reasons: readonly RequestReason[]): string {
  return askedOf(reasons).map(reasonInWords).join(" and ");
}

/** What the team itself asks for. */
export function askedOf(reasons: readonly RequestReason[]): RequestReason[] {
  return reasons.filter((reason) => reason !== "lead");
}

/** The reasons for a request in a team's answers; none when nobody needs to do anything. */
export function reasonsIn(answers: Answers): RequestReason[] {
  const help = answers["help"];
  const reasons: RequestReason[] = answers["feeling"] === "unsafe" ? ["unsafe"] : [];
  if (help === "network" || help === "peer" || help === "call") reasons.push(help);
  return reasons;
}
