export const deliveryStates = ["pending", "delivered", "failed", "skipped"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** How a card gets to its recipient. */
export const channels = ["teams", "link"] as const;
export type Channel = (typeof channels)[number];

/** What a card is for. Only cards of the purpose that an occasion exists for count as that occasion's deliveries. */
export const purposes = [
  "check-in",
  "reminder",
  "nudge",
  "details",
  "request",
  "test",
  // Of meetings: whether they come, asked once, again, and anew after a move; what they are told; leads' work.
  "rsvp",
  "rsvp-reminder",
  "moved",
  "cancelled",
  "day-before",
  "notes",
  "quorum",
  "poll",
  // Of pulse waves: the survey, again to those who are still to take part, again because they asked for it, and what
  // came of it; and to those who run the network, that the support lines want checking.
  "pulse",
  "pulse-reminder",
  "pulse-nudge",
  "pulse-result",
  "support-lines",
] as const;
export type Purpose = (typeof purposes)[number];

/** Those whose single cards nobody but the recipient may know of; of them there are counts, and those are rounded. */
export const confidentialPurposes: readonly Purpose[] = ["pulse", "pulse-reminder", "pulse-nudge", "pulse-result"];
