import { type createGraphClient, graphInstaller } from "../adapters/graph/index.ts";
import { installRate } from "../adapters/sql/send-rate.ts";
import type { Stores } from "../adapters/sql/store.ts";
import type { Parts } from "./parts.ts";
import { appInstaller } from "../features/installs/installing.ts";
import { installPersonalData } from "../features/installs/personal-data.ts";
import type { InstallDeps } from "../features/installs/ports.ts";
import { installRoutes } from "../features/installs/routes.ts";
import { installsPerSecond, noteApp, tendInstalls } from "../features/installs/use-cases.ts";
import { recognise } from "../features/roster/first-contact.ts";
import type { Directory } from "../features/roster/ports.ts";
import type { Actor } from "../kernel/actor.ts";
import type { NetworkId } from "../kernel/ids.ts";
import type { Store } from "../kernel/store.ts";

export interface InstallParts {
  readonly store: Store<Stores>;
  readonly directory: Directory;
  /** Null where there is no Graph. */
  readonly graph: ReturnType<typeof createGraphClient> | null;
  readonly canMail: boolean;
}

/** Puts together what gives everybody the app, and what keeps the ledger of it. */
export function composeInstalls(parts: Parts, { store, directory, graph, canMail }: InstallParts) {
  const { database, clock, pause, logger, random, teamsAppId, platform } = parts;
  const homeTenant = platform.tenantId;
  const installer =
    graph === null || teamsAppId === null
      ? null
      : graphInstaller({ client: graph, catalogueId: teamsAppId, now: () => clock.now().epochMilliseconds });
  const deps: InstallDeps = {
    ...{ store, clock, pause, logger, random, homeTenant, canMail, installer },
    rate: installRate(database.db, clock, { installsPerSecond }),
    recognise: (account, email) => recognise({ directory, store, clock, homeTenant }, account, email),
  };
  return {
    routes: installRoutes(deps),
    personalData: installPersonalData(deps),
    handlers: installer === null ? [] : [appInstaller({ ...deps, installer })],
    tend: (network: NetworkId) => tendInstalls(deps, network),
    /** Called when Teams says that somebody has the app now, or hasn't any more. */
    noteApp: (actor: Actor, has: boolean) => noteApp(deps, actor, has),
  };
}
