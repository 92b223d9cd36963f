import type { Store } from "../../kernel/store.ts";
import type { AuditLog } from "../../kernel/store.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import type { SettingsStore } from "../settings/ports.ts";

/** How many things of each kind went. */
export type Gone = Readonly<Record<string, number>>;

/** Deletes what is past its time, of one network. Each is harmless when it is done again, or twice at once. */
export interface RetentionStore {
  /** Single answers of rounds that closed before a moment, with what came of them; combined figures stay. */
  forgetCheckIns(before: Instant): Promise<Gone>;
  /** Combined figures of rounds that closed before a moment, and their points in later ones' trends. */
  forgetCombined(before: Instant): Promise<Gone>;
  /** Settled deliveries that were made before a moment, with their messages and links; a round's not before its answers. */
  forgetDeliveries(before: Instant): Promise<Gone>;
  /** What people said about meetings that ended before a moment, polls that were asked by then, agendas and notes. */
  forgetAnswers(before: Instant): Promise<Gone>;
  /** Meetings that ended before a moment, altogether. */
  forgetMeetings(before: Instant): Promise<Gone>;
  /** Who was asked in surveys that closed before a moment. */
  forgetAsked(before: Instant): Promise<Gone>;
  /** Surveys that closed before a moment, with their results. */
  forgetSurveys(before: Instant): Promise<Gone>;
  /** Those who left before a moment: their names, addresses, accounts and chats; and teams that left and have no history. */
  forgetLeavers(before: Instant): Promise<Gone>;
  /** Ids of chats in the send rate that were last used before a moment; those of every network. */
  forgetRates(before: Instant): Promise<void>;
  /** Entries of the audit log from before a moment; the database refuses it for those of the last two years. */
  forgetAudit(before: Instant): Promise<Gone>;
}

export interface RetentionStores {
  readonly retention: RetentionStore;
  readonly settings: SettingsStore;
  readonly audit: AuditLog;
}

export interface RetentionDeps {
  readonly store: Store<RetentionStores>;
  readonly clock: Clock;
}
