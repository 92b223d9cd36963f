import { z } from "zod";
import { type Host, SignInFault } from "./host.ts";
import { localHost } from "./local.ts";

/** What the server says of itself before anybody is signed in: GET /tab/config.json. */
const Config = z.object({ mode: z.enum(["local", "live"]), entityId: z.string().optional() });

/**
 * The host that shows this page. Teams opens the tab with `?in=teams` (the manifest's address), because neither a frame
 * nor a user agent tells its desktop, browser and phone apart from any other page.
 */
export async function chooseHost(address: URL): Promise<Host> {
  if (address.searchParams.get("in") === "teams") {
    const { teamsHost } = await import("./teams.ts");
    return teamsHost();
  }
  const answer = await fetch("config.json", { signal: AbortSignal.timeout(10_000) });
  const { mode } = Config.parse(await answer.json());
  if (mode === "live") throw new SignInFault("Steady opens in Teams: choose it in the bar on the left of Teams, or under Apps.");
  return localHost(address);
}
