import type { ConnectorDirectory } from "./directory.ts";
import type { ConnectorState } from "./state.ts";

/** Something that changed, for live views. `person` is null for traffic that concerns nobody in particular. */
export interface ConnectorChange {
  readonly person: string | null;
  readonly what:
    | "message"
    | "updated"
    | "deleted"
    | "typing"
    | "installed"
    | "uninstalled"
    | "blocked"
    | "unblocked"
    | "chat-deleted"
    | "traffic";
  /** The message's id, where one changed. */
  readonly id?: string;
}

/** What the parts of the Connector stand-in share. */
export interface ConnectorContext {
  readonly appId: string;
  readonly tenantId: string;
  readonly state: ConnectorState;
  readonly directory: ConnectorDirectory;
  /** Where bots call the Connector, with a slash at the end as in Teams. */
  readonly serviceUrl: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly changed: (change: ConnectorChange) => void;
}
