import { describe } from "@jest/globals";
import { it } from "./driver.ts";
import { callApi, looksAndSizes, people } from "./tab-driver.ts";
import { leadSeesEveryPage, phoneSeesEveryPage } from "./tab-every-page.ts";

/** Whoever else there is: what they find in the navigation. */
const others: readonly (readonly [who: string, email: () => Promise<string>, finds: readonly string[]])[] = [
  ["a manager", async () => managerOf(), ["mine", "meetings", "pulse"]],
  ["a viewer", async () => people.viewer, ["shared", "evidence"]],
  ["an admin", async () => people.admin, ["overview", "check-ins", "meetings", "pulse", "people", "deliveries", "settings"]],
  ["a lead of one area", async () => people.areaLead, ["overview", "check-ins", "mine", "meetings", "pulse", "people", "deliveries"]],
];

describe("every page of the tab", () => {
  it.each(looksAndSizes)("can be seen, heard and used by a lead: $theme, $width", async ({ theme, width }) => {
    await leadSeesEveryPage(theme, width);
  });

  it.each(others)("can be seen, heard and used by %s on a phone", async (who, email, expected) => {
    await phoneSeesEveryPage(who, await email(), expected);
  });
});

/** Some manager of a team who isn't a lead as well. */
async function managerOf(): Promise<string> {
  const { items } = await callApi(people.lead, "people?role=manager&limit=1");
  return items[0].email;
}
