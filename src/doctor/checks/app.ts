import { fine, type Verdict, warning } from "../model.ts";
import type { NetworkFacts } from "../store-facts.ts";

/** How far the app has come with the people of each network. */
export function judgeApp(networks: readonly NetworkFacts[]): Verdict[] {
  if (networks.length === 0) return [fine("There is nobody yet who could have it.")];
  return networks.map(({ name, app }) => judgeOne(name, app));
}

function judgeOne(name: string, { people, withApp, failed: failures, cannot, pending, isStarted }: NetworkFacts["app"]): Verdict {
  const others = [
    ...(failures > 0 ? [`${failures} failed`] : []),
    ...(cannot > 0 ? [`${cannot} can't have it`] : []),
    ...(pending > 0 ? [`${pending} are waiting`] : []),
  ];
  const says = `${name}: ${withApp} of ${people} people are known to have the app${others.length === 0 ? "" : `; ${others.join(", ")}`}.`;
  if (failures > 0) return warning(says, "The tab's People page says why for each, and tries again.");
  if (withApp > 0 || pending > 0 || people === 0) return fine(says);
  return warning(
    says,
    isStarted
      ? "The tab's People page says why for each; see that the app is in the organisation's catalogue and TEAMS_APP_ID is its id there."
      : "An admin gives it to everybody on the tab's People page; until then cards go to nobody's chat.",
  );
}
