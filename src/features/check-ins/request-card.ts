import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import type { Person } from "../roster/model.ts";
import { inWords, stateInWords } from "./caseload.ts";
import { askedOf, type HelpRequest, reasonsInWords } from "./model.ts";
import type { RequestView } from "./request-views.ts";
import { teamInWords } from "./words.ts";

const titles: Record<HelpRequest["state"], string> = {
  open: "A team needs you",
  taken: "You have taken this on",
  done: "Done",
  withdrawn: "No longer needed",
};

/** A lead's work card: who needs what by when, with Take and Done. */
export function requestCard(templates: CardTemplates, view: RequestView, reader: Person["id"]): Card {
  const { request } = view;
  const data = { request: request.id };
  const isAsked = askedOf(request.reasons).length > 0;
  const isOther = request.owner !== reader;
  const isTaken = request.state === "taken" || request.state === "done";
  const owner = isAsked && isOther && isTaken && view.owner !== null ? [`${view.owner.name} has taken this on.`] : [];
  const load = view.rolling12 === null ? [] : [`Twelve weeks: ${inWords(view.rolling12)}, ${stateInWords(view.rolling12.state)}.`];
  const managers = `Managed by ${listInWords(view.managers.map((manager) => `${manager.name} (${manager.email})`))}.`;
  return noticeCard(templates, {
    title: request.state === "taken" && isOther ? "Somebody has taken this on" : titles[request.state],
    about: teamInWords(view.team),
    highlight:
      request.state === "open"
        ? { style: "attention", title: `Reply by ${dayInWords(request.dueOn, view.today)}` }
        : null,
    sections: [{ lines: [isAsked ? askedInWords(view) : meantInWords(view, reader), ...load, managers, ...owner] }],
    footer: [
      `${sentBy(view.network)} It comes to you because you lead this team's area.`,
      ...(isAsked ? ["The team sees when you take or close this."] : []),
    ].join(" "),
    actions: [
      ...(request.state === "open" ? [{ title: "Take", verb: "request.take", data, style: "positive" as const }] : []),
      ...(request.state === "open" || request.state === "taken" ? [{ title: "Done", verb: "request.done", data }] : []),
    ],
    tab: `check-ins/team/${view.team.id}`,
  });
}

function askedInWords({ request, askedBy, managers }: RequestView): string {
  const who = askedBy?.name ?? listInWords(managers.map((manager) => manager.name));
  if (request.state === "withdrawn") return `${who} changed the answer and asks for nothing now.`;
  return `${who} ${reasonsInWords(request.reasons)}.`;
}

/** Of a request that a lead began, or that is only the lead's since the team asks for nothing any more. */
function meantInWords({ request, owner }: RequestView, reader: Person["id"]): string {
  const who = request.owner === reader ? "You" : (owner?.name ?? "A lead");
  if (request.state === "done") return `${who} ${who === "You" ? "have" : "has"} marked this as done.`;
  return `The team asks for nothing. ${who} ${who === "You" ? "mean" : "means"} to ring all the same.`;
}

/** What a lead's work card becomes once the request has been erased. */
export function erasedRequestCard(templates: CardTemplates, network: string): Card {
  return noticeCard(templates, {
    title: "No longer needed",
    sections: [{ lines: ["The person who asked has erased what they answered, and this request with it."] }],
    footer: sentBy(network),
  });
}
