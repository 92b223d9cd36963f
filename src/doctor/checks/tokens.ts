import { NoToken } from "../../adapters/identity/client-credentials.ts";
import { tryBotToken } from "../../adapters/teams/index.ts";
import type { Config } from "../../config.ts";
import type { AppProof } from "../../config/types.ts";
import { failed, fine, skipped, type Verdict } from "../model.ts";
import type { Surroundings } from "../surroundings.ts";

/** Whose token couldn't be got, by the names of the configuration. */
interface Holder {
  readonly whose: string;
  readonly idName: string;
  readonly secretName: string;
  readonly kind: AppProof["kind"];
}

/** What to make of a token that couldn't be got. */
export function judgeNoToken({ why, isRefusal }: Pick<NoToken, "why" | "isRefusal">, holder: Holder): Verdict {
  const { whose, idName, secretName, kind } = holder;
  if (kind === "managed-identity") {
    return failed(
      `${whose} gets no token as a managed identity (${why}).`,
      `Run doctor where the server runs, and see that the identity of ${idName} is assigned there.`,
    );
  }
  const says = `${whose} gets no token (${why}).`;
  if (why.includes("invalid_client")) {
    return failed(
      says,
      `${secretName} is wrong or has expired: make a new secret in Entra (App registrations, Certificates & secrets) and set it.`,
    );
  }
  if (why.includes("unauthorized_client")) {
    return failed(
      says,
      `Entra has no such application in this tenant: correct ${idName} or MicrosoftAppTenantId.`,
    );
  }
  if (why.includes("invalid_scope") || why.includes("invalid_resource")) {
    return failed(
      says,
      "Correct BOT_OAUTH_SCOPE or GRAPH_OAUTH_SCOPE, or leave them out.",
    );
  }
  if (isRefusal) {
    return failed(
      says,
      `See ${idName}, ${secretName} and MicrosoftAppTenantId, and the application's sign-ins in Entra.`,
    );
  }
  return failed(says, "Let this machine reach the sign-in service (ENTRA_AUTHORITY, BOT_LOGIN_URL) over HTTPS, and try again.");
}

const proofs = (config: Config) =>
  config.mode === "live" ? { bot: config.bot.proof.kind, graph: config.entra.proof.kind } : ({ bot: "secret", graph: "secret" } as const);

/** Whether the bot gets its token for the Connector. */
export async function checkBotToken({ config, tenant }: Surroundings): Promise<Verdict> {
  const { platform } = await tenant();
  const holder = { whose: "The bot", idName: "MicrosoftAppId", secretName: "MicrosoftAppPassword", kind: proofs(config).bot };
  return got("The bot gets its token for Teams.", holder, () => tryBotToken(platform));
}

/** Whether the application gets its token for Graph. */
export async function checkGraphToken({ config, tenant }: Surroundings): Promise<Verdict> {
  const { graph } = (await tenant()).platform;
  if (graph === null) return skipped("Nobody plays Graph here: GRAPH_BASE_URL isn't set.");
  const kind = proofs(config).graph;
  const idName = kind === "secret" ? "ENTRA_CLIENT_ID" : "MicrosoftAppId";
  const holder = { whose: "Steady's application", idName, secretName: "ENTRA_CLIENT_SECRET", kind };
  return got("Steady's application gets its token for Graph.", holder, () => graph.token());
}

async function got(says: string, holder: Holder, work: () => Promise<unknown>): Promise<Verdict> {
  try {
    await work();
    return fine(says);
  } catch (error) {
    if (!(error instanceof NoToken)) throw error;
    return judgeNoToken(error, holder);
  }
}
