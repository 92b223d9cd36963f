import type { ComponentType } from "react";
import type { z } from "zod";
import { Overview as Figures } from "../features/overview/contract.ts";
import Overview from "./overview/index.tsx";
import { type PageName, pageNames } from "./page-names.ts";
import { later } from "./parts/later.tsx";

interface Shown {
  readonly Page: ComponentType;
  /** What it reads first, when it is the first page of many: that is asked for while the tab is still loading. */
  readonly reads?: { readonly path: string; readonly schema: z.ZodType };
}

export type TabPage = PageName & Shown;

const shown: Readonly<Record<(typeof pageNames)[number]["name"], Shown>> = {
  overview: { Page: Overview, reads: { path: "overview", schema: Figures } },
  shared: { Page: later(() => import("./shared/index.tsx")) },
  mine: { Page: later(() => import("./mine/index.tsx")) },
  "check-ins": { Page: later(() => import("./check-ins/index.tsx")) },
  meetings: { Page: later(() => import("./meetings/index.tsx")) },
  pulse: { Page: later(() => import("./pulse/index.tsx")) },
  people: { Page: later(() => import("./people/index.tsx")) },
  deliveries: { Page: later(() => import("./deliveries/index.tsx")) },
  evidence: { Page: later(() => import("./evidence/index.tsx")) },
  settings: { Page: later(() => import("./settings/index.tsx")) },
};

/** The pages that somebody finds, in the order of the navigation. */
export function pagesFor(viewer: Parameters<PageName["isFor"]>[0]): TabPage[] {
  return pageNames.filter(({ isFor }) => isFor(viewer)).map((page) => ({ ...page, ...shown[page.name] }));
}
