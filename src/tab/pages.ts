import type { ComponentType } from "react";
import type { z } from "zod";
import type { Me } from "../features/account/contract.ts";
import { Overview as Figures } from "../features/overview/contract.ts";
import Overview from "./overview/index.tsx";
import { later } from "./parts/later.tsx";

type Viewer = Pick<Me, "role" | "scope" | "managesTeams">;

export interface TabPage {
  /** Its first part of the address: "#/check-ins". */
  readonly name: string;
  readonly title: string;
  /** Who finds it in the navigation; the server decides by itself what anybody may read. */
  readonly isFor: (viewer: Viewer) => boolean;
  readonly Page: ComponentType;
  /** What it reads first, when it is the first page of many: that is asked for while the tab is still loading. */
  readonly reads?: { readonly path: string; readonly schema: z.ZodType };
}

const viewers = ({ role }: Viewer) => role === "viewer";
const leadsAndAdmins = ({ role }: Viewer) => role === "lead" || role === "admin";
const runners = ({ role, scope }: Viewer) => role === "admin" || (role === "lead" && scope === "network");
const isAsked = ({ role }: Viewer) => role !== "viewer" && role !== "admin";
const comesToMeetings = ({ role }: Viewer) => role !== "viewer" && role !== "member";
const takesEvidence = ({ role, scope }: Viewer) => role === "viewer" || (role === "lead" && scope === "network");

/** The pages in the order of the navigation; somebody's first one is what the tab opens with. */
export const pages: readonly TabPage[] = [
  { name: "overview", title: "Overview", isFor: leadsAndAdmins, Page: Overview, reads: { path: "overview", schema: Figures } },
  { name: "shared", title: "Shared figures", isFor: viewers, Page: later(() => import("./shared/index.tsx")) },
  { name: "mine", title: "Mine", isFor: isAsked, Page: later(() => import("./mine/index.tsx")) },
  { name: "check-ins", title: "Check-ins", isFor: leadsAndAdmins, Page: later(() => import("./check-ins/index.tsx")) },
  { name: "meetings", title: "Meetings", isFor: comesToMeetings, Page: later(() => import("./meetings/index.tsx")) },
  { name: "pulse", title: "Pulse", isFor: (viewer) => !viewers(viewer), Page: later(() => import("./pulse/index.tsx")) },
  { name: "people", title: "People", isFor: leadsAndAdmins, Page: later(() => import("./people/index.tsx")) },
  { name: "deliveries", title: "Deliveries", isFor: leadsAndAdmins, Page: later(() => import("./deliveries/index.tsx")) },
  { name: "evidence", title: "Evidence", isFor: takesEvidence, Page: later(() => import("./evidence/index.tsx")) },
  { name: "settings", title: "Settings", isFor: runners, Page: later(() => import("./settings/index.tsx")) },
];

/** The pages that somebody finds. */
export function pagesFor(viewer: Viewer): TabPage[] {
  return pages.filter(({ isFor }) => isFor(viewer));
}
