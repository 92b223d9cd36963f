import type { Host } from "./host.ts";
import { localHost } from "./local.ts";

/**
 * The host that shows this page. Teams opens the tab with `?in=teams` (the manifest's address), because neither a frame
 * nor a user agent tells its desktop, browser and phone apart from any other page.
 */
export async function chooseHost(address: URL): Promise<Host> {
  if (address.searchParams.get("in") !== "teams") return localHost(address);
  const { teamsHost } = await import("./teams.ts");
  return teamsHost(address);
}
