import { dateIn, dayInWords, type LocalDate, timeInWords } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import type { JobRole, Posts } from "../roster/model.ts";
import { askedOf, reasonsIn, type Round } from "./model.ts";
import { roleNames } from "./question-set.ts";
import type { CheckInView } from "./views.ts";

/** "Tuesday 8 December, 5pm". */
export function closesInWords(round: Round, zone: string, today: LocalDate): string {
  const closes = round.closesAt.toZonedDateTimeISO(zone);
  return `${dayInWords(dateIn(zone, round.closesAt), today)}, ${timeInWords(closes.toPlainTime())}`;
}

/** "6 October", with the year when it isn't `today`'s. */
export function shortDay(date: LocalDate, today: LocalDate): string {
  return dayInWords(date, today).split(" ").slice(1).join(" ");
}

/** "Team name (Barnet)". */
export function teamInWords(team: { readonly name: string; readonly place: string | null }): string {
  return team.place === null || team.name.includes(team.place) ? team.name : `${team.name} (${team.place})`;
}

/** "Link workers 3.2, care coordinators 1". */
export function postsInWords(posts: Posts, roles: readonly JobRole[]): string {
  const text = roles.map((role) => `${roleNames[role].many} ${posts[role] ?? "not known"}`).join(", ");
  return sentenceCase(text);
}

/** The same text beginning with a capital. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Who sends the card and who sees the answers: the last line of every card that asks. */
export function footerOf(view: Pick<CheckInView, "network" | "leads">): string {
  return `${sentBy(view.network)} ${seenInWords(view)}`;
}

/** Who sees what a team answers. */
export function seenInWords({ leads }: Pick<CheckInView, "leads">): string {
  const names = listInWords(leads.map((lead) => lead.name));
  const seen =
    names === ""
      ? "No lead sees your team's answers yet."
      : `${names} ${leads.length === 1 ? "sees" : "see"} your team's answers.`;
  return `${seen} Your ICB and other employers see combined figures only.`;
}

/** What becomes of what the team asked for; nothing when it asks for nothing. */
export function requestLines(view: Pick<CheckInView, "answer" | "request" | "requestOwner" | "requestMissed" | "today">): string[] {
  const { answer, request, requestOwner } = view;
  const isAsked = answer !== null && reasonsIn(answer.answers).length > 0;
  // That a lead means to ring without having been asked is the lead's own note.
  const isLeads = request !== null && askedOf(request.reasons).length === 0;
  if (request === null || isLeads || requestOwner === null || request.state === "withdrawn") {
    return isAsked ? ["Nobody who could take on what you ask for is available now, so nobody has been told."] : [];
  }
  const day = dayInWords(request.dueOn, view.today);
  switch (request.state) {
    case "open":
      if (view.requestMissed) return [`We couldn't reach ${requestOwner.name} yet; it is in their summary.`];
      return [`${requestOwner.name} has been told and will reply by ${day}.`];
    case "taken":
      return [`${requestOwner.name} has taken this on and will reply by ${day}.`];
    case "done":
      return [`${requestOwner.name} has marked this as done.`];
  }
}
