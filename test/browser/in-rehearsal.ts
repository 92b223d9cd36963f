import type { Locator } from "playwright-core";
import { page } from "./driver.ts";

/* What stands in Rehearsal's page, whichever server it comes from. */

/** Chooses somebody by a part of their name, also from the pane that hides the list of people on a phone. */
export async function choose(name: string): Promise<void> {
  const back = page.getByRole("button", { name: "Back to people" });
  if (await back.isVisible()) await back.click();
  await page.getByRole("list", { name: "People" }).getByRole("button", { name }).click();
  await page.getByRole("heading", { name, level: 2 }).waitFor();
}

export const tab = (name: string): Locator => page.getByRole("tab", { name });
export const mailRow = (subject: RegExp): Locator =>
  page.getByRole("list", { name: "Mails" }).getByRole("button", { name: subject });
export const suggestion = (text: string): Locator =>
  page.getByRole("group", { name: "Suggestions" }).getByRole("button", { name: text, exact: true });

/** Whether the top of something stands within the part of the chat that is to be seen. */
export const beginsInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((one) => {
    const view = document.getElementById("chat-scroller")?.getBoundingClientRect() ?? new DOMRect();
    const { top } = one.getBoundingClientRect();
    return top >= view.top && top < view.bottom;
  });
