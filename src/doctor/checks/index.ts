import type { Check, CheckName } from "../model.ts";
import type { NetworkFacts } from "../store-facts.ts";
import type { Surroundings } from "../surroundings.ts";
import { judgeApp } from "./app.ts";
import { checkCertificate } from "./certificate.ts";
import { checkClock } from "./clock.ts";
import { judgeConfiguration } from "./configuration.ts";
import { checkEndpoint } from "./endpoint.ts";
import { checkKeys } from "./keys.ts";
import { checkFreeBusy, checkOrganisers, checkSender } from "./mailboxes.ts";
import { judgeNetworks } from "./networks.ts";
import { checkPermissions } from "./permissions.ts";
import { judgeQueue } from "./queue.ts";
import { checkStore, intoStore, judgeMigrations } from "./store.ts";
import { judgeSubscriptions } from "./subscriptions.ts";
import { checkBotToken, checkGraphToken } from "./tokens.ts";

/** A vault may take a minute for the three things that are done in it. */
const keysLimitMs = 90_000;
/** Making a connection to the store may take ten seconds, and each question thirty. */
const storeLimitMs = 45_000;

/** Everything that doctor looks at, in the order of its report. */
export function checksOf(surroundings: Surroundings, isSet: (name: string) => boolean): readonly Check[] {
  const { config, clock, keys, publicUrl, store, tenantIsInServer } = surroundings;
  const now = () => clock.now().epochMilliseconds;
  /** The networks where they can be looked at, for checks that do with less. */
  const networksIfAny = async (): Promise<readonly NetworkFacts[]> => {
    const access = await store();
    return access.kind === "look" ? access.look.networks().catch(() => []) : [];
  };
  const openSurveys = async () => (await networksIfAny()).flatMap(({ survey }) => survey.open ?? []);
  const onTables: readonly CheckName[] = ["store", "migrations"];
  const inTenant: readonly CheckName[] = tenantIsInServer ? ["bot-endpoint"] : [];
  const onGraph: readonly CheckName[] = ["graph-token"];
  const stored = (name: CheckName, needs: readonly CheckName[], run: Check["run"]): Check => ({ name, needs, limitMs: storeLimitMs, run });
  return [
    { name: "configuration", run: async () => judgeConfiguration(config, isSet) },
    stored("store", [], () => checkStore(surroundings)),
    stored("migrations", ["store"], () => intoStore(store, async (look) => judgeMigrations(await look.migrations()))),
    stored("queue", ["store"], () => intoStore(store, async (look) => judgeQueue(await look.queue()))),
    { name: "pulse-keys", limitMs: keysLimitMs, run: async () => checkKeys(keys, await openSurveys()) },
    { name: "bot-endpoint", run: () => checkEndpoint(surroundings) },
    { name: "certificate", run: () => checkCertificate(publicUrl, now()) },
    { name: "clock", needs: inTenant, limitMs: storeLimitMs, run: () => checkClock(surroundings) },
    { name: "bot-token", needs: inTenant, run: () => checkBotToken(surroundings) },
    { name: "graph-token", needs: inTenant, run: () => checkGraphToken(surroundings) },
    { name: "graph-permissions", needs: onGraph, run: () => checkPermissions(surroundings) },
    { name: "organiser-mailbox", needs: onGraph, limitMs: storeLimitMs, run: () => checkOrganisers(surroundings, networksIfAny) },
    { name: "free-busy", needs: onGraph, limitMs: storeLimitMs, run: () => checkFreeBusy(surroundings, networksIfAny) },
    { name: "sender-mailbox", needs: onGraph, limitMs: storeLimitMs, run: () => checkSender(surroundings, networksIfAny) },
    stored("networks", onTables, () => intoStore(store, async (look) => judgeNetworks(await look.networks(), config.admins.length))),
    stored("app-installed", onTables, () => intoStore(store, async (look) => judgeApp(await look.networks()))),
    stored("subscriptions", onTables, () => intoStore(store, async (look) => judgeSubscriptions(await look.networks(), now()))),
  ];
}
