import type { Config, LiveConfig } from "../../config.ts";
import type { Fault } from "../../kernel/errors.ts";
import { failed, fine, type Verdict, warning } from "../model.ts";

/** A failed line for each problem that the configuration's fault lists. */
export function problemsOf(fault: Fault): Verdict[] {
  const [, ...problems] = fault.message.split("\n- ");
  const lines = problems.length === 0 ? [fault.message] : problems;
  return lines.map((problem) => failed(problem, "Put it right in the environment of the server, then run doctor again."));
}

/** What Teams allows one app in one tenant ("Rate limiting for bots"). */
const teamsRequestsPerSecond = 50;

/**
 * What a readable configuration says, and what in it is allowed and odd.
 * @param isSet whether a variable of the environment has a value
 */
export function judgeConfiguration(config: Config, isSet: (name: string) => boolean): Verdict[] {
  const odd = [...commonOddities(config), ...(config.mode === "live" ? liveOddities(config, isSet) : [])];
  return [fine(summary(config)), ...odd];
}

function summary(config: Config): string {
  const embedded = `the embedded store in ${config.dataDir ?? ".data"}`;
  const store = config.databaseUrl === null ? embedded : "the PostgreSQL server of DATABASE_URL";
  if (config.mode === "local") return `Local mode with ${store}.`;
  const bot = config.bot.proof.kind === "secret" ? "by its secret" : "as a managed identity";
  return `Live mode for ${config.publicUrl} with ${store}; the bot signs in ${bot}.`;
}

function commonOddities(config: Config): Verdict[] {
  const { requestsPerSecond, freeBusy, logLevel } = config;
  return [
    requestsPerSecond > teamsRequestsPerSecond
      ? warning(
          `TEAMS_REQUESTS_PER_SECOND is ${requestsPerSecond}, and Teams takes ${teamsRequestsPerSecond} a second from one app in a tenant.`,
          "Take it out, or set it to 50 or less.",
        )
      : null,
    logLevel === "silent" || logLevel === "fatal"
      ? warning(`LOG_LEVEL is ${logLevel}: nothing says what went wrong.`, "Set it to info, warn or error.")
      : null,
    freeBusy && config.mode === "live" && config.organiser === null
      ? warning(
          "GRAPH_FREE_BUSY is true and MEETING_ORGANISER isn't set: free/busy is asked through the organiser's mailbox.",
          "Set MEETING_ORGANISER, unless each network names a mailbox of its own.",
        )
      : null,
  ].filter((one) => one !== null);
}

function liveOddities(config: LiveConfig, isSet: (name: string) => boolean): Verdict[] {
  const { databaseUrl, logLevel, pulseKeys, bot } = config;
  return [
    databaseUrl === null
      ? warning(
          "The store is the embedded one: exactly one replica can run on it.",
          'Fine for one server. For more, set DATABASE_URL; "steady move" takes everything along.',
        )
      : null,
    databaseUrl !== null && pulseKeys.kind === "folder"
      ? warning(
          "PULSE_KEYS is a folder: only servers that share it can close a survey.",
          "Name a Key Vault, or mount the same folder in every replica.",
        )
      : null,
    logLevel === "debug" || logLevel === "trace"
      ? warning(`LOG_LEVEL is ${logLevel}: the log grows fast.`, "Set it back to info once you have seen what you looked for.")
      : null,
    bot.proof.kind === "managed-identity" && isSet("MicrosoftAppPassword")
      ? warning(
          "MicrosoftAppPassword is set and isn't used: the bot signs in as a managed identity.",
          "Take it out, and delete the secret in Entra.",
        )
      : null,
  ].filter((one) => one !== null);
}
