export { createGraphClient } from "./client.ts";
export { graphMailer } from "./mailer.ts";
