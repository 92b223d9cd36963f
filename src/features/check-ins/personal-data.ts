import type { PersonalData } from "../account/ports.ts";
import { refresh } from "../deliveries/outbox.ts";
import type { CheckInDeps } from "./deps.ts";

/** What check-ins keep about a person: what they answered for their teams. */
export function checkInPersonalData(deps: CheckInDeps): PersonalData {
  return {
    name: "checkIns",
    label: "Check-ins that you answered",
    async export(actor) {
      const { checkIns, details } = await deps.store.read(actor.network).checkIns.byPerson(actor.person);
      return [
        ...checkIns.map((one) => ({
          kind: "check-in",
          team: one.team,
          opensOn: one.opensOn.toString(),
          answers: one.answers,
          posts: one.posts,
          carried: one.carried,
          submittedAt: one.submittedAt.toString(),
        })),
        ...details.map((one) => ({
          kind: "details",
          team: one.team,
          answers: one.answers,
          submittedAt: one.submittedAt.toString(),
        })),
      ];
    },
    async erase(actor) {
      return deps.store.transaction(actor.network, async (tx) => {
        const { checkIns } = await tx.checkIns.byPerson(actor.person);
        const erased = await tx.checkIns.eraseOf(actor.person);
        // The cards in the chats mustn't go on showing what was erased.
        for (const { round, team } of checkIns) {
          const cards = await tx.deliveries.about(round, team);
          await refresh(tx, actor.network, cards.filter((card) => card.state === "delivered"));
        }
        return erased;
      });
    },
  };
}
