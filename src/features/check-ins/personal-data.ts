import type { TeamId } from "../../kernel/ids.ts";
import type { PersonalData } from "../account/ports.ts";
import { refreshAbout } from "../deliveries/outbox.ts";
import { withoutErased } from "./standings.ts";
import type { CheckInDeps } from "./deps.ts";

/** What check-ins keep about a person: what they answered and asked for, for their teams. */
export function checkInPersonalData(deps: CheckInDeps): PersonalData {
  return {
    name: "checkIns",
    label: "Check-ins that you answered",
    async export(actor) {
      const read = deps.store.read(actor.network);
      const { checkIns, details, requests } = await read.checkIns.byPerson(actor.person);
      const teams = await read.roster.teamsByIds([...checkIns, ...details, ...requests].map((one) => one.team));
      const teamOf = (id: TeamId) => ({ id, name: teams.get(id)?.name ?? "" });
      return [
        ...checkIns.map((one) => ({
          kind: "check-in",
          team: teamOf(one.team),
          opensOn: one.opensOn.toString(),
          answers: one.answers,
          posts: one.posts,
          carried: one.carried,
          submittedAt: one.submittedAt.toString(),
        })),
        ...details.map((one) => ({
          kind: "details",
          team: teamOf(one.team),
          answers: one.answers,
          submittedAt: one.submittedAt.toString(),
        })),
        ...requests.map((one) => ({
          kind: "request",
          team: teamOf(one.team),
          reasons: one.reasons,
          dueOn: one.dueOn.toString(),
          state: one.state,
        })),
      ];
    },
    async erase(actor) {
      return deps.store.transaction(actor.network, async (tx) => {
        const { checkIns, details, requests } = await tx.checkIns.byPerson(actor.person);
        const erased = await tx.checkIns.eraseOf(actor.person);
        const teams = new Set([...checkIns, ...details, ...requests].map(({ team }) => team));
        await withoutErased(tx, [...teams], deps.clock.now());
        // The cards in the chats mustn't go on showing what was erased, the leads' neither.
        const subjects = [
          ...[...checkIns, ...details].map(({ round, team }) => ({ round, subject: String(team) })),
          ...requests.map(({ round, id }) => ({ round, subject: String(id) })),
        ];
        for (const { round, subject } of subjects) await refreshAbout(tx, actor.network, round, subject);
        return erased;
      });
    },
  };
}
