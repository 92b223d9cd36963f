import type { z } from "zod";
import type { LinkResult } from "../../kernel/link-http.ts";
import { admit } from "./admission.ts";
import type { CalendarAnswer } from "./contract.ts";
import type { LinkDeps } from "./ports.ts";
import { refusal } from "./responding.ts";

/** What the card of this token is about, as a file for its recipient's calendar. Changes nothing. */
export async function calendarByLink(deps: LinkDeps, token: string): Promise<LinkResult<z.infer<typeof CalendarAnswer>>> {
  const admission = await admit(deps, token);
  if (!admission.ok) return refusal(admission);
  const { network, card } = admission.visit;
  const file = await deps.calendarFile(network, card);
  if (file !== null) return { kind: "ok", body: { ...file } };
  return { kind: "problem", status: 404, detail: "There is nothing here to put into a calendar: it is over, or cancelled." };
}
