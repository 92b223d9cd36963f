import type { RetentionSettings } from "./settings.ts";

/** One kind of what is stored, how long it stays, and why so long. */
export interface Kind {
  readonly what: string;
  /** The tables that hold it; every table of the store is in exactly one kind. */
  readonly tables: readonly string[];
  /** A setting of the network, or a period that is always the same, in words. */
  readonly period: keyof RetentionSettings | { readonly always: string };
  /** From when the period runs. */
  readonly from: string;
  readonly why: string;
  /** What sees to it. */
  readonly by: "the retention schedule" | "the links schedule" | "the close of a survey" | "the pulse schedule" | "the job queue" | "the roster's import" | "its own feature";
}

/** Everything that the store holds, in the order in which a reader looks for it. */
export const kinds: readonly Kind[] = [
  {
    what: "Check-ins: what managers answered for their teams, second cards, notes, and what they asked for",
    tables: ["check_ins", "check_in_details", "requests", "round_teams"],
    period: "checkInMonths",
    from: "the close of the round",
    why: "A team's figures are compared over 52 weeks, and with those of the 52 weeks before.",
    by: "the retention schedule",
  },
  {
    what: "What summaries are read from: each team's figures as of the latest check-in, their sums, and counts of cards",
    tables: ["team_standings", "standing_sums", "standing_rounds", "stale_standings", "tallies"],
    period: { always: "as long as what they are worked out from" },
    from: "each change to it",
    why: "So that a summary is as quick in a network of any size; nothing is in it that isn't in the answers themselves.",
    by: "its own feature",
  },
  {
    what: "Combined figures of a round by area and place, which no team can be told from",
    tables: ["combined_summaries", "round_medians"],
    period: "aggregateYears",
    from: "the close of the round",
    why: "Commissioners plan over several years; nobody can be told from these figures.",
    by: "the retention schedule",
  },
  {
    what: "Deliveries: which card was meant for whom, whether it arrived, and where it is in the chat",
    tables: ["deliveries", "sent_cards"],
    period: "checkInMonths",
    from: "the day on which the delivery was made; of a round, its close",
    why: "As long as an answer is kept, its card must be found when the answer is erased.",
    by: "the retention schedule",
  },
  {
    what: "Personal links with the addresses that they were mailed to, and how often somebody asked for a new one",
    tables: ["links", "link_renewals"],
    period: { always: "60 days" },
    from: "the end of the link",
    why: "An old link must still be told from a wrong one.",
    by: "the links schedule",
  },
  {
    what: "Meetings: who was invited, what they answered and wanted to raise, who was there, who couldn't come, agenda and notes, polls about dates",
    tables: ["event_invitees", "rsvps", "rsvp_mirrors", "rsvp_erasures", "event_exclusions", "meeting_polls", "meeting_poll_answers"],
    period: "meetingMonths",
    from: "the end of the meeting; of a poll its asking; of an erasure itself",
    why: "Planning looks at whom the last dates left out, and members come back to what was agreed.",
    by: "the retention schedule",
  },
  {
    what: "Dates and titles of meetings; agenda and notes go with the answers",
    tables: ["events"],
    period: "aggregateYears",
    from: "the end of the meeting",
    why: "How often the network met belongs to its figures.",
    by: "the retention schedule",
  },
  {
    what: "Days on which somebody doesn't work",
    tables: ["non_working_times"],
    period: "leaverMonths",
    from: "their leaving, or earlier when they erase it",
    why: "Needed to plan meetings as long as somebody is a member.",
    by: "the retention schedule",
  },
  {
    what: "Which mailbox is listened to for answers in calendars",
    tables: ["calendar_watches"],
    period: { always: "as long as the mailbox is the organiser's" },
    from: "its being set",
    why: "A mailbox of the network, and nothing about a person.",
    by: "its own feature",
  },
  {
    what: "Who was asked in a survey, and their reporting group",
    tables: ["pulse_asked"],
    period: "checkInMonths",
    from: "the close of the survey",
    why: "Results are shown to everybody who was asked.",
    by: "the retention schedule",
  },
  {
    what: "Who took part in a survey, and sealed answers",
    tables: ["pulse_participations", "pulse_sealed"],
    period: { always: "until the survey closes" },
    from: "the answer",
    why: "Needed to stop reminders and to count; after that nothing may tie an answer to a person.",
    by: "the close of a survey",
  },
  {
    what: "Single answers of a survey, without names",
    tables: ["pulse_responses"],
    period: { always: "30 days (the setting rawDays of the pulse, 30 at most)" },
    from: "the close of the survey",
    why: "Needed no longer once the results are made.",
    by: "the pulse schedule",
  },
  {
    what: "Results of surveys, of groups of 10 or more, and what leads said they changed",
    tables: ["pulse_waves", "pulse_results", "pulse_changes"],
    period: "aggregateYears",
    from: "the close of the survey",
    why: "Nobody can be told from them, and change shows over years only.",
    by: "the retention schedule",
  },
  {
    what: "The roster: people and teams, and how Teams knows and reaches each person",
    tables: ["people", "identities", "conversations", "teams", "team_managers", "team_posts", "installs"],
    period: "leaverMonths",
    from: "the day on which somebody leaves; before that as long as they are in the roster",
    why: "Somebody who comes back finds their team as it was; who did what can be told for as long. Then name, address and account go, and an empty row keeps figures and log whole.",
    by: "the retention schedule",
  },
  {
    what: "The audit log: who did what and when, never what somebody answered",
    tables: ["audit_log"],
    period: "auditYears",
    from: "the entry",
    why: "As long as a claim can be made because of it (six years, Limitation Act 1980).",
    by: "the retention schedule",
  },
  {
    what: "Jobs of the queue: ids of what is to be done, never answers",
    tables: ["pgboss.*"],
    period: { always: "7 days" },
    from: "the end of the job",
    why: "To see what failed.",
    by: "the job queue",
  },
  {
    what: "The network itself: its name, settings, dates of its rounds, reporting groups, the keys that sign links, the send rate",
    tables: [
      ...["networks", "network_settings", "check_in_rounds", "unfrozen_rounds", "pulse_groups", "install_starts", "signing_keys", "rate_limits"],
      ...["kysely_migration", "kysely_migration_lock"],
    ],
    period: { always: "as long as the network is served" },
    from: "its beginning",
    why: "About no person, but for the network's mailboxes and, in the send rate, ids of chats of the last hour.",
    by: "its own feature",
  },
];

/** The default of a period in words: "24 months". */
export function periodInWords(kind: Kind, settings: RetentionSettings): string {
  if (typeof kind.period === "object") return kind.period.always;
  return `${settings[kind.period]} ${kind.period.endsWith("Years") ? "years" : "months"}`;
}
