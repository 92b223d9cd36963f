import { later } from "../../kernel/time.ts";
import type { LinkWords } from "../deliveries/ports.ts";
import { momentInWords, surveyName } from "./words.ts";
import type { PulseView } from "./views.ts";

/** How long results can be read by a link, in hours. */
const resultsLink = { hours: 28 * 24 };

/** What the mail says that brings a card of a wave: no figure, no reporting group, and nothing that anybody answered. */
export function pulseLinkWords(view: PulseView): LinkWords {
  const { lead } = view;
  return {
    ...wordsFor(view),
    from: lead === null ? null : { name: lead.name, email: lead.email },
    network: view.network,
  };
}

function wordsFor({ wave, delivery, zone, today, now }: PulseView): Omit<LinkWords, "from" | "network"> {
  const leadsSee = `Leads see groups of ${wave.threshold} or more, never single answers.`;
  if (delivery.purpose === "pulse-result") {
    return {
      subject: `${surveyName} The results`,
      lines: [`The results of the survey “${surveyName}” are there.`],
      button: "Open the results",
      seenBy: `Everybody who was asked gets them. ${leadsSee}`,
      until: later(wave.sharedAt ?? now, now).add(resultsLink),
    };
  }
  const until = momentInWords(wave.closesAt, zone, today);
  return {
    subject: delivery.purpose === "pulse" ? surveyName : `Reminder: ${surveyName}`,
    lines: [`The survey “${surveyName}” takes a minute, and every question is optional. It is open until ${until}.`],
    button: "Open the survey",
    seenBy: `Answers are stored without your name. ${leadsSee}`,
    until: wave.closesAt,
  };
}
