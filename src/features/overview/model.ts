/** The pages of the tab on which something can be decided. */
export const decisionPages = ["check-ins", "meetings", "pulse", "deliveries", "people", "settings"] as const;

/** What somebody who leads or runs a network may have to decide, what is most urgent first. */
export const decisionKinds = [
  "key-missing",
  "calendar-failed",
  "no-organiser",
  "cards-failed",
  "quorum-at-risk",
  "requests-overdue",
  "teams-without-lead",
  "poll-ready",
  "wave-to-share",
  "no-round-planned",
  "dates-to-book",
  "no-series",
  "support-lines",
] as const;

/** Something that waits for a decision of the reader's; features give only what the reader may do something about. */
export interface Decision {
  readonly kind: (typeof decisionKinds)[number];
  /** What to do, in a sentence or two. */
  readonly text: string;
  /** Where it can be done. */
  readonly page: (typeof decisionPages)[number];
  /** The round, meeting, poll or wave that it is about; null where it is about none. */
  readonly id: string | null;
}
