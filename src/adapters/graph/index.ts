export { graphCalendar } from "./calendar.ts";
export { createGraphClient } from "./client.ts";
export { graphMailer } from "./mailer.ts";
