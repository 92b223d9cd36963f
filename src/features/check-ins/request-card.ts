import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import type { Person } from "../roster/model.ts";
import { inWords, stateInWords } from "./caseload.ts";
import { type HelpRequest, reasonsInWords } from "./model.ts";
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
  const who = view.askedBy?.name ?? listInWords(view.managers.map((manager) => manager.name));
  const isOther = request.owner !== reader;
  const isTaken = request.state === "taken" || request.state === "done";
  const owner = isOther && isTaken && view.owner !== null ? [`${view.owner.name} has taken this on.`] : [];
  const asked =
    request.state === "withdrawn" ? `${who} changed the answer and asks for nothing now.` : `${who} ${reasonsInWords(request.reasons)}.`;
  const load = view.rolling12 === null ? [] : [`Twelve weeks: ${inWords(view.rolling12)}, ${stateInWords(view.rolling12.state)}.`];
  const managers = `Managed by ${listInWords(view.managers.map((manager) => `${manager.name} (${manager.email})`))}.`;
  return noticeCard(templates, {
    title: request.state === "taken" && isOther ? "Somebody has taken this on" : titles[request.state],
    about: teamInWords(view.team),
    highlight:
      request.state === "open"
        ? { style: "attention", title: `Reply by ${dayInWords(request.dueOn, view.today)}` }
        : null,
    sections: [{ lines: [asked, ...load, managers, ...owner] }],
    footer: `${sentBy(view.network)} It comes to you because you lead this team's area. The team sees when you take or close this.`,
    actions: [
      ...(request.state === "open" ? [{ title: "Take", verb: "request.take", data, style: "positive" as const }] : []),
      ...(request.state === "open" || request.state === "taken" ? [{ title: "Done", verb: "request.done", data }] : []),
    ],
  });
}

/** What a lead's work card becomes once the request has been erased. */
export function erasedRequestCard(templates: CardTemplates, network: string): Card {
  return noticeCard(templates, {
    title: "No longer needed",
    sections: [{ lines: ["The person who asked has erased what they answered, and this request with it."] }],
    footer: sentBy(network),
  });
}
