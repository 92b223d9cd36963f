import type { Instant } from "../../kernel/time.ts";
import type { Purpose } from "../deliveries/model.ts";
import type { LinkWords } from "../deliveries/ports.ts";
import { themeOf } from "./round-questions.ts";
import type { CheckInView } from "./views.ts";
import { closesInWords, seenInWords, teamInWords } from "./words.ts";

/** What the mail says that brings a card of a check-in. */
export function checkInLinkWords(view: CheckInView): LinkWords {
  const team = teamInWords(view.team);
  const until = closesInWords(view.round, view.settings.zone, view.today);
  const person = view.lead ?? view.leads[0] ?? null;
  return {
    ...wordsFor(view.delivery.purpose, team, themeOf(view.round).title, until),
    from: person === null ? null : { name: person.name, email: person.email },
    network: view.network,
    seenBy: seenInWords(view),
    until: view.round.closesAt,
  };
}

function wordsFor(
  purpose: Purpose,
  team: string,
  theme: string,
  until: string,
): Pick<LinkWords, "subject" | "lines" | "button"> {
  if (purpose === "details") {
    const lines = [`Thank you for the check-in. There are two or three more questions for ${team}, if you like.`];
    return { subject: `${theme}: more questions, if you like`, lines, button: "Open the questions" };
  }
  if (purpose === "test") {
    const lines = ["This is the check-in as people get it by e-mail. Nothing that you send from it is stored."];
    return { subject: "A test of the check-in", lines, button: "Open the test" };
  }
  const isReminder = purpose === "reminder" || purpose === "nudge";
  return {
    subject: isReminder ? `Reminder: your check-in for ${team}` : `Your check-in for ${team}`,
    lines: [`How is your caseload? The check-in for ${team} takes under 30 seconds. It is open until ${until}.`],
    button: "Open the check-in",
  };
}

/** How long a link to a request is good for, in hours: as long as the network's longest cadence between meetings. */
const requestLink = { hours: 24 * 42 };

/** What the mail says that brings a lead a team's request: neither which team it is nor what it asks. */
export function requestLinkWords(network: string, now: Instant): LinkWords {
  return {
    subject: "A team asks for your help",
    lines: ["A team in your scope asks for your help. The card says which one, with what, and by when you'd reply."],
    button: "Open the request",
    from: null,
    network,
    seenBy: "Only the leads of that team see the request.",
    until: now.add(requestLink),
  };
}
