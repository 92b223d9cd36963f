import type { BotRow } from "./walk.ts";

const outside = "401 401 403 unknown";
const everybody = (answer: "card" | "text") => `${outside}  ${answer} ${answer} ${answer} ${answer} ${answer} ${answer} ${answer} ${answer}  ${answer}`;

/** What every line that can be typed answers whom, by the first of its words; in words as in the table of buttons. */
export const commands: Readonly<Record<string, BotRow & { readonly rest?: string }>> = {
  //                   member manager areaLead otherAreaLead networkLead viewer admin foreignLead  owner
  "check in": { answers: everybody("text") },
  "my check-ins": { answers: `${outside}  role card role role role role role role  card` },
  summary: { answers: `${outside}  role role card card card role role text  role` },
  "send me a test": { answers: `${outside}  role role text text text role role text  role` },
  meeting: { answers: everybody("text") },
  "plan meetings": { answers: `${outside}  role role role role card role card text  role` },
  pulse: { answers: `${outside}  card card text text card text text card  card` },
  "my data": { answers: everybody("card") },
  "non-working": { rest: "Mondays", isOwn: true, answers: everybody("text") },
  "away until": { rest: "3 December", isOwn: true, answers: everybody("text") },
  back: { isOwn: true, answers: everybody("text") },
  stop: { isOwn: true, answers: everybody("text") },
  start: { isOwn: true, answers: everybody("text") },
  "delete my data": { isOwn: true, answers: everybody("card") },
};
