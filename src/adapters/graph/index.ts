export { graphCalendar } from "./calendar.ts";
export { createGraphClient } from "./client.ts";
export { graphInstaller } from "./installs.ts";
export { graphMailer } from "./mailer.ts";
export { probeSender } from "./sender-probe.ts";
