import { v5 } from "uuid";
import { sampleRoster } from "../sample.ts";
import { localTenant } from "../stand-ins.ts";
import { type RosterFile, readRosterFile } from "../../features/roster/file.ts";
import { type JobRole, jobRoles } from "../../features/roster/model.ts";
import { Fault } from "../../kernel/errors.ts";
import { type Luck, luckOf } from "./luck.ts";
import { firstNames, lastNames } from "./names.ts";

/** Makes the accounts of made-up members: the same account for the same e-mail, every time. */
const memberAccounts = "0e6f3a5c-9b1d-4c27-8f42-6a7d5e913b08";

/** The share of a team's posts whose people the roster has; the sample names twelve of them itself. */
const named = 0.7;

const jobTitles: Readonly<Record<JobRole, string>> = {
  link_worker: "Link worker",
  care_coordinator: "Care coordinator",
  health_coach: "Health and wellbeing coach",
};

type FileTeam = RosterFile["teams"][number];

/** The sample roster with members for every team, so that a pulse asks hundreds of people. */
export async function demoRoster(): Promise<Uint8Array> {
  const sample = await sampleRoster();
  const { people, teams, problems } = readRosterFile(sample, localTenant);
  if (problems.length > 0) throw new Fault("not-found", `The sample roster has faults: ${problems[0]?.message ?? ""}`);
  const taken = new Set(people.map(({ email }) => email));
  const rows = teams.flatMap((team) => membersOf(team, taken));
  return Buffer.concat([sample, Buffer.from(`${rows.join("\n")}\n`)]);
}

function membersOf(team: FileTeam, taken: Set<string>): string[] {
  const [manager] = team.managerEmails;
  if (manager === undefined) return [];
  return jobRoles.flatMap((role) => {
    const heads = Math.round((team.posts[role] ?? 0) * named);
    return Array.from({ length: heads }, (_, nth) => memberRow(team, manager, role, luckOf(team.name, role, nth), taken));
  });
}

function memberRow(team: FileTeam, manager: string, role: JobRole, luck: Luck, taken: Set<string>): string {
  const domain = manager.slice(manager.indexOf("@"));
  for (;;) {
    const [first, last] = [luck.pick(firstNames), luck.pick(lastNames)];
    const email = `${first}.${last}${domain}`.toLowerCase();
    if (taken.has(email)) continue;
    taken.add(email);
    const who = [`${first} ${last}`, email, v5(email, memberAccounts), localTenant, "member", ""];
    const where = [team.area, team.place, team.pcn, team.organisation].map((cell) => cell ?? "");
    return [...who, ...where, jobTitles[role], manager, "", "", "", "", "", "no"].join(",");
  }
}
