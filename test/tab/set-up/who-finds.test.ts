import { expect, it } from "@jest/globals";
import { pageNames } from "../../../src/tab/page-names.ts";
import { whoFinds } from "../../../src/tab/set-up/who-finds.ts";

it("says who finds each page, by the rule of the navigation", () => {
  expect(Object.fromEntries(pageNames.map((page) => [page.name, whoFinds(page)]))).toEqual({
    overview: "Leads and admins",
    shared: "Viewers",
    mine: "Leads, managers and members of teams",
    "check-ins": "Leads and admins",
    meetings: "Leads, managers and admins",
    pulse: "Leads, managers, members of teams and admins",
    people: "Leads and admins",
    deliveries: "Leads and admins",
    evidence: "Leads of the whole network and viewers",
    settings: "Leads of the whole network and admins",
  });
});
