import type { PersonalData } from "../account/ports.ts";
import type { Purpose } from "../deliveries/model.ts";
import type { LinkDeps } from "./ports.ts";

/** What links keep about a person: which were mailed to them, when, and to what address. */
export function linkPersonalData(deps: Pick<LinkDeps, "store">): PersonalData {
  return {
    name: "links",
    label: "Personal links that were mailed to you",
    async export(actor) {
      const read = deps.store.read(actor.network);
      const links = await read.links.ofPerson(actor.person);
      const cards = await read.deliveries.byIds(links.map(({ delivery }) => delivery));
      const purposes = new Map(cards.map(({ id, purpose }) => [id, purpose]));
      return links.map(({ id, delivery, issuedAt, sentTo, expiresAt, revokedAt }) => ({
        id,
        madeAt: issuedAt.toString(),
        card: cardInWords(purposes.get(delivery)),
        sentTo,
        until: (revokedAt ?? expiresAt).toString(),
      }));
    },
    async erase(actor) {
      // A link that is gone opens nothing; one that is being mailed at this moment is replaced by its mail's next try.
      return deps.store.transaction(actor.network, (tx) => tx.links.eraseOf(actor.person));
    },
  };
}

const names: Partial<Record<Purpose, string>> = {
  details: "the second card of a check-in",
  nudge: "a reminder that you asked for",
  rsvp: "whether you come to a meeting",
  "rsvp-reminder": "a reminder of a meeting",
  pulse: "the survey about how work is",
  "pulse-reminder": "a reminder of that survey",
  "pulse-nudge": "a reminder of that survey that you asked for",
  "pulse-result": "the results of that survey",
};

function cardInWords(purpose: Purpose | undefined): string {
  return purpose === undefined ? "" : (names[purpose] ?? purpose);
}
