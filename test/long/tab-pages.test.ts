import { it } from "../browser/driver.ts";
import { leadSeesEveryPage } from "../browser/tab-every-page.ts";

it.each(["dark", "contrast"] as const)("every page of the tab can be seen, heard and used by a lead: %s, wide", async (theme) => {
  await leadSeesEveryPage(theme, "wide");
});
