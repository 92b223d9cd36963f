import type { HttpServer, ServerOptions } from "../adapters/http/server.ts";
import type { Jobs, JobsOptions } from "../adapters/queue/jobs.ts";
import type { OpenDatabase } from "../adapters/sql/database.ts";
import type { Stores } from "../adapters/sql/store.ts";
import type { BotCredentials } from "../adapters/teams/index.ts";
import type { CheckInDeps } from "../features/check-ins/deps.ts";
import type { Pause } from "../features/deliveries/ports.ts";
import type { MeetingDeps } from "../features/meetings/ports.ts";
import type { WatchDeps } from "../features/meetings/watching.ts";
import type { PulseDeps, PulseKeys } from "../features/pulse/ports.ts";
import type { Directory } from "../features/roster/ports.ts";
import type { BotApp } from "../kernel/bot-app.ts";
import type { CardTemplates } from "../kernel/cards.ts";
import type { NetworkId } from "../kernel/ids.ts";
import type { Logger } from "../kernel/logger.ts";
import type { Store } from "../kernel/store.ts";
import type { TabLink } from "../kernel/tab-link.ts";
import type { Telemetry } from "../kernel/telemetry.ts";
import type { Clock, LocalDate } from "../kernel/time.ts";

/** The Microsoft services that the application talks to, or what stands in for them. */
export interface Platform {
  readonly appId: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
  readonly tenantId: string;
  readonly credentials: BotCredentials;
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly serviceUrl: string;
  readonly entraAuthority: string;
  /** What tokens for the tab are made out to. */
  readonly audiences: readonly string[];
  /** Graph and the application's own tokens for it; null where there is none. */
  readonly graph: { readonly baseUrl: string; readonly token: () => Promise<string> } | null;
}

export interface Parts {
  readonly database: OpenDatabase;
  readonly platform: Platform;
  readonly clock: Clock;
  readonly pause: Pause;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
  readonly requestsPerSecond: number;
  /** The mailbox that sends links; null when none are sent. */
  readonly mailSender: string | null;
  /** The app's id in the organisation's catalogue, by which it is installed for people; null when it isn't known. */
  readonly teamsAppId: string | null;
  /** The mailbox that owns the meetings of networks that name none; and what members' calendars may be used for. */
  readonly meetings: Pick<MeetingDeps, "defaultOrganiser" | "freeBusy" | "memberCalendars">;
  /** Where the keys to pulse answers are kept, outside the store. */
  readonly pulseKeys: PulseKeys;
  /** Where people reach this server, without a slash at the end; asked when it is needed. */
  readonly publicUrl: () => string;
  readonly tabLink: TabLink;
  /** Object ids that are admins of the first network whatever its roster says. */
  readonly admins: readonly string[];
  /** For the demo: puts something between the features and the store. */
  readonly through?: (store: Store<Stores>) => Store<Stores>;
  /** For tests: the time that decides which jobs are due. */
  readonly jobClock?: JobsOptions["clock"];
  readonly http?: Pick<ServerOptions, "staticFolders" | "tab" | "extraHandlers" | "allowedHosts" | "strictTransport">;
}

/** The application, put together and not yet running. */
export interface Application {
  readonly store: Store<Stores>;
  readonly directory: Directory;
  readonly jobs: Jobs;
  readonly server: HttpServer;
  readonly bot: BotApp;
  readonly templates: CardTemplates;
  readonly clock: Clock;
  readonly tenantId: string;
  /** True when links can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
  /** The day of a network's next meeting. */
  readonly nextMeeting: (network: NetworkId) => Promise<LocalDate | null>;
  /** What each feature's use cases work with, for those who run them outside of a request, such as the demo. */
  readonly features: { readonly checkIns: CheckInDeps; readonly calendars: WatchDeps; readonly pulse: PulseDeps };
}
