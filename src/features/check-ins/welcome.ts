import type { Actor } from "../../kernel/actor.ts";
import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card } from "../../kernel/cards.ts";
import { listInWords } from "../../kernel/words.ts";
import { nextOpeningInWords } from "./card-sources.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { leadsOf } from "./leads.ts";

/** What somebody who installs the app is told: who runs this, what comes and how often, who sees what, how to stop. */
export async function welcomeCard(deps: CheckInDeps, actor: Actor): Promise<Card> {
  const read = deps.store.read(actor.network);
  const network = await read.roster.networkName();
  const settings = await readSettings(read.settings);
  const teams = await read.roster.teamsOf(actor.person);
  const all = await read.roster.leads();
  const leads = [...new Set(teams.flatMap((team) => leadsOf(team, all)).map((lead) => lead.name))];
  const next = await nextOpeningInWords(deps, actor.network);
  const comes = actor.managesTeams
    ? [
        `Every ${settings.cadenceWeeks === 1 ? "week" : `${settings.cadenceWeeks} weeks`} you get one short card for each of your teams: how the workload feels, new people, people waiting. It takes under 30 seconds.`,
        "At most one message a week comes unasked.",
        ...(next === null ? [] : [`The next check-in opens on ${next}.`]),
      ]
    : ["You manage no team here, so a check-in comes only when you stand in for somebody who is away."];
  const isLead = actor.role === "lead";
  const forLeads = isLead
    ? ["A card comes when one of your teams asks for help.", "Write “summary” to see which teams to ring first."]
    : [];
  const sees = leads.length === 0 ? "The network's leads see" : `${listInWords(leads)} ${leads.length === 1 ? "sees" : "see"}`;
  const whose = isLead && !actor.managesTeams ? "The leads in whose scope a team is see its answers." : `${sees} your team's answers.`;
  return noticeCard(deps.templates, {
    title: "Hello from Steady",
    about: `Run for ${network}`,
    sections: [
      { heading: "What comes", lines: [...comes, ...forLeads] },
      {
        heading: "Who sees what",
        lines: [`${whose} Your ICB and other employers see combined figures only.`, "Never write about patients here."],
      },
      { heading: "How to pause or stop", lines: ["Write “away until 3 December” to pause, “stop” to end all messages, “help” for everything else."] },
    ],
  });
}
