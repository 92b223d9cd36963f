import { retention } from "./retention-fields.ts";

/** How one setting is asked for. `path` is its place in the API's answer, such as "meetings.everyWeeks". */
export interface FieldInfo {
  readonly path: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: FieldKind;
}

export type FieldKind =
  | { readonly kind: "number"; readonly unit: string; readonly isOptional?: boolean }
  | { readonly kind: "text"; readonly isOptional?: boolean }
  | { readonly kind: "time" }
  | { readonly kind: "date"; readonly isOptional?: boolean }
  | { readonly kind: "yes-no" }
  | { readonly kind: "choice"; readonly choices: readonly (readonly [value: string | number, words: string])[] }
  /** Several numbers, written with commas between them. */
  | { readonly kind: "numbers" }
  /** Several words or dates, one a line. */
  | { readonly kind: "lines" }
  /** Low and high, both empty for none. */
  | { readonly kind: "range" }
  /** Several rows of the same columns. */
  | { readonly kind: "rows"; readonly columns: readonly RowColumn[]; readonly row: string };

export interface RowColumn {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "date";
  readonly isOptional?: boolean;
}

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly FieldInfo[];
}

/** One page of settings. */
export interface SettingsPage {
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  readonly groups: readonly FieldGroup[];
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (words, index) => [index + 1, words] as const,
);

const holidays = (section: string): FieldGroup => ({
  title: "Bank holidays",
  fields: [
    {
      path: `${section}.holidayOverrides.add`,
      label: "More days off",
      hint: "Bank holidays of England are known. Add one-off days, one a line, such as 2026-11-24.",
      kind: { kind: "lines" },
    },
    {
      path: `${section}.holidayOverrides.remove`,
      label: "Working days after all",
      hint: "Bank holidays on which your network works, one a line.",
      kind: { kind: "lines" },
    },
  ],
});

const zone = (section: string): FieldInfo => ({
  path: `${section}.zone`,
  label: "Time zone",
  hint: "Its usual name, such as Europe/London.",
  kind: { kind: "text" },
});

const guide = (role: string, label: string): FieldInfo => ({
  path: `check-ins.guides.${role}`,
  label,
  hint: "New people a year for each whole-time equivalent. Leave both empty where there is no guide.",
  kind: { kind: "range" },
});

const checkIns: SettingsPage = {
  name: "check-ins",
  title: "Check-ins",
  intro: "A change counts from the next check-in; the one that is open keeps its guide ranges.",
  groups: [
    {
      title: "When they go out",
      fields: [
        { path: "check-ins.opensByItself", label: "Check-ins open by themselves", kind: { kind: "yes-no" } },
        { path: "check-ins.cadenceWeeks", label: "Weeks between check-ins", kind: { kind: "number", unit: "weeks" } },
        {
          path: "check-ins.firstOpensOn",
          label: "First opening",
          hint: "The day from which openings are counted. Empty counts from the last opening.",
          kind: { kind: "date", isOptional: true },
        },
        { path: "check-ins.weekday", label: "Weekday", kind: { kind: "choice", choices: weekdays } },
        { path: "check-ins.time", label: "Time", kind: { kind: "time" } },
        zone("check-ins"),
        { path: "check-ins.daysOpen", label: "Days open", kind: { kind: "number", unit: "days" } },
        {
          path: "check-ins.reminderDays",
          label: "Reminders",
          hint: "Days after the opening, with commas between them. At least a week apart.",
          kind: { kind: "numbers" },
        },
      ],
    },
    {
      title: "Guide ranges",
      fields: [
        guide("link_worker", "Link workers"),
        guide("care_coordinator", "Care coordinators"),
        guide("health_coach", "Health and wellbeing coaches"),
        {
          path: "check-ins.weeksSupported",
          label: "Weeks that someone is supported for",
          hint: "For the estimate of people being supported at one time.",
          kind: { kind: "number", unit: "weeks" },
        },
      ],
    },
    {
      title: "Requests",
      fields: [
        {
          path: "check-ins.requestDueWorkingDays",
          label: "Working days to reply",
          hint: "Within which a lead answers what a team asked for.",
          kind: { kind: "number", unit: "working days" },
        },
      ],
    },
    holidays("check-ins"),
  ],
};

const meetings: SettingsPage = {
  name: "meetings",
  title: "Meetings",
  intro: "The rhythm counts from the first meeting; a meeting that was moved doesn’t shift the later ones.",
  groups: [
    {
      title: "The series",
      fields: [
        { path: "meetings.title", label: "Title", kind: { kind: "text" } },
        {
          path: "meetings.firstOn",
          label: "First meeting",
          hint: "Its weekday is the weekday of all. Empty: no series yet.",
          kind: { kind: "date", isOptional: true },
        },
        { path: "meetings.everyWeeks", label: "Weeks between meetings", kind: { kind: "number", unit: "weeks" } },
        { path: "meetings.start", label: "Start", kind: { kind: "time" } },
        { path: "meetings.minutes", label: "Length", kind: { kind: "number", unit: "minutes" } },
        zone("meetings"),
        {
          path: "meetings.organiser",
          label: "Organiser",
          hint: "The mailbox that owns the meetings. Empty takes the one that your IT team set.",
          kind: { kind: "text", isOptional: true },
        },
        { path: "meetings.hideAttendees", label: "Hide the attendee list in Outlook", kind: { kind: "yes-no" } },
      ],
    },
    {
      title: "Booking",
      fields: [
        { path: "meetings.bookByItself", label: "Book the best date without asking a lead", kind: { kind: "yes-no" } },
        { path: "meetings.keepAhead", label: "Meetings booked ahead", kind: { kind: "number", unit: "meetings" } },
        { path: "meetings.minLeadDays", label: "Fewest days between booking and meeting", kind: { kind: "number", unit: "days" } },
        {
          path: "meetings.avoid",
          label: "Dates to avoid",
          hint: "Half terms, Christmas: both days included.",
          kind: {
            kind: "rows",
            row: "Dates to avoid",
            columns: [
              { name: "name", label: "Name", type: "text" },
              { name: "from", label: "From", type: "date" },
              { name: "to", label: "To", type: "date" },
            ],
          },
        },
      ],
    },
    {
      title: "Answers",
      fields: [
        { path: "meetings.rsvpDays", label: "Card before the meeting", kind: { kind: "number", unit: "days before" } },
        { path: "meetings.reminderDays", label: "Reminder to those without an answer", kind: { kind: "number", unit: "days before" } },
        {
          path: "meetings.quorum",
          label: "Quorum",
          hint: "Fewest people who must have said yes. Empty: none needed.",
          kind: { kind: "number", unit: "people", isOptional: true },
        },
      ],
    },
    holidays("meetings"),
  ],
};

const pulse: SettingsPage = {
  name: "pulse",
  title: "Pulse",
  intro: "A change counts from the next survey. Groups under the smallest size are never shown, and the size never goes below 10.",
  groups: [
    {
      title: "When it goes out",
      fields: [
        {
          path: "pulse.opensByItself",
          label: "Surveys open by themselves",
          hint: "The first one never does, and none before the last results are shared.",
          kind: { kind: "yes-no" },
        },
        { path: "pulse.everyWeeks", label: "Weeks between surveys", kind: { kind: "number", unit: "weeks" } },
        { path: "pulse.time", label: "Time", kind: { kind: "time" } },
        zone("pulse"),
        { path: "pulse.daysOpen", label: "Days open", kind: { kind: "number", unit: "days" } },
        {
          path: "pulse.reminderDays",
          label: "Reminders",
          hint: "Days after the opening, with commas between them. At least a week apart.",
          kind: { kind: "numbers" },
        },
      ],
    },
    {
      title: "Groups",
      fields: [
        {
          path: "pulse.threshold",
          label: "Smallest group shown",
          hint: "10 or more.",
          kind: { kind: "number", unit: "people" },
        },
        {
          path: "pulse.groupBy",
          label: "Groups are made of",
          kind: { kind: "choice", choices: [["area", "Neighbouring areas"], ["job-role", "Job roles"]] },
        },
        {
          path: "pulse.areasInOrder",
          label: "Areas in order",
          hint: "One a line, neighbours beside each other; the others follow in the order of the alphabet.",
          kind: { kind: "lines" },
        },
        {
          path: "pulse.rawDays",
          label: "Single answers are deleted after",
          hint: "30 at most. What was published stays.",
          kind: { kind: "number", unit: "days" },
        },
      ],
    },
    {
      title: "Support lines",
      fields: [
        {
          path: "pulse.supportLines",
          label: "Shown to everyone, every time",
          hint: "Call each at least once a year and note the day.",
          kind: {
            kind: "rows",
            row: "Support line",
            columns: [
              { name: "name", label: "Name", type: "text" },
              { name: "contact", label: "How to reach it", type: "text" },
              { name: "lastChecked", label: "Last checked", type: "date", isOptional: true },
            ],
          },
        },
      ],
    },
    holidays("pulse"),
  ],
};

export const settingsPages: readonly SettingsPage[] = [checkIns, meetings, pulse, retention];
