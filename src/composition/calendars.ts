import { watchDirectory } from "../adapters/sql/watch-store.ts";
import type { Parts } from "./parts.ts";
import type { PlanningDeps } from "../features/meetings/planning.ts";
import { watchCalendars, type WatchDeps } from "../features/meetings/watching.ts";
import { newSecret } from "./secrets.ts";

/** What keeps meetings and calendars in step, on top of what plans them. */
export function composeCalendars({ database, random, logger, publicUrl, tabLink }: Parts, planning: PlanningDeps): WatchDeps {
  const calendars: WatchDeps = {
    ...planning,
    random,
    logger,
    tabLink,
    notifyUrl: () => `${publicUrl()}/api/graph/notifications`,
    newSecret,
    directory: watchDirectory(database.db),
    watch: (network) => watchCalendars(calendars, network),
  };
  return calendars;
}
