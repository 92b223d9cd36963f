import type { Me } from "../features/account/contract.ts";

type Viewer = Pick<Me, "role" | "scope" | "managesTeams">;

export interface PageName {
  /** Its first part of the address: "#/check-ins". */
  readonly name: string;
  readonly title: string;
  /** Who finds it in the navigation; the server decides by itself what anybody may read. */
  readonly isFor: (viewer: Viewer) => boolean;
}

const viewers = ({ role }: Viewer) => role === "viewer";
const leadsAndAdmins = ({ role }: Viewer) => role === "lead" || role === "admin";
const runners = ({ role, scope }: Viewer) => role === "admin" || (role === "lead" && scope === "network");
const isAsked = ({ role }: Viewer) => role !== "viewer" && role !== "admin";
const comesToMeetings = ({ role }: Viewer) => role !== "viewer" && role !== "member";
const takesEvidence = ({ role, scope }: Viewer) => role === "viewer" || (role === "lead" && scope === "network");

/** The pages in the order of the navigation; somebody's first one is what the tab opens with. */
export const pageNames = [
  { name: "overview", title: "Overview", isFor: leadsAndAdmins },
  { name: "shared", title: "Shared figures", isFor: viewers },
  { name: "mine", title: "Mine", isFor: isAsked },
  { name: "check-ins", title: "Check-ins", isFor: leadsAndAdmins },
  { name: "meetings", title: "Meetings", isFor: comesToMeetings },
  { name: "pulse", title: "Pulse", isFor: (viewer: Viewer) => !viewers(viewer) },
  { name: "people", title: "People", isFor: leadsAndAdmins },
  { name: "deliveries", title: "Deliveries", isFor: leadsAndAdmins },
  { name: "evidence", title: "Evidence", isFor: takesEvidence },
  { name: "settings", title: "Settings", isFor: runners },
] as const satisfies readonly PageName[];
