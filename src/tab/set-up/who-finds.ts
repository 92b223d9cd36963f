import type { PageName } from "../page-names.ts";

type Viewer = Parameters<PageName["isFor"]>[0];

const someone = (role: Viewer["role"], scope: Viewer["scope"] = null): Viewer => ({ role, scope, managesTeams: role === "manager" });

/** Everybody whom pages tell apart, in the order in which they are named. */
const everybody: readonly (readonly [words: string, viewer: Viewer])[] = [
  ["managers", someone("manager")],
  ["members of teams", someone("member")],
  ["admins", someone("admin")],
  ["viewers", someone("viewer")],
];

/** Who finds a page, as "Leads and admins": the same rule that the navigation goes by, put into words. */
export function whoFinds({ isFor }: Pick<PageName, "isFor">): string {
  const [all, some] = [isFor(someone("lead", "network")), isFor(someone("lead", []))];
  const leads = all && some ? ["leads"] : all ? ["leads of the whole network"] : [];
  const words = [...leads, ...everybody.filter(([, viewer]) => isFor(viewer)).map(([name]) => name)];
  const text = new Intl.ListFormat("en-GB").format(words);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
