import type { PersonId, WaveId } from "../../kernel/ids.ts";
import { type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { groupings } from "./constants.ts";
import type { Instrument } from "./instrument.ts";

/** Fewest people of whom anything is shown (FACTS: NHS and DHSC practice is about 8 to 11); settings may only raise it. */
export const smallestThreshold = 10;

/** People whose answers may be shown together: some areas, or some job roles, under a name that people know. */
export interface ReportingGroup {
  /** As it is shown, and as answers are labelled: "North areas". */
  readonly name: string;
  /** The areas, or job roles, that it is made of. */
  readonly members: readonly string[];
}

export type Grouping = (typeof groupings)[number];

/** A network's reporting groups, which stay as they are for a year so that waves can be compared. */
export interface Groups {
  readonly by: Grouping;
  readonly madeOn: LocalDate;
  /** None when the network is too small for two. */
  readonly groups: readonly ReportingGroup[];
}

/** One survey of the network. */
export interface Wave {
  readonly id: WaveId;
  readonly openedAt: Instant;
  /** From this moment on no answer is taken. */
  readonly closesAt: Instant;
  /** Set once its answers have been counted. */
  readonly closedAt: Instant | null;
  /** Set once nothing of the sealed answers is left, nor the key to them. */
  readonly clearedAt: Instant | null;
  /** Set once its results were shown to those who were asked. */
  readonly sharedAt: Instant | null;
  /** Set once the single answers were deleted. */
  readonly rawDeletedAt: Instant | null;
  /** When reminders went last; everybody who was asked counts as having had a message then. */
  readonly remindedAt: Instant | null;
  /** True when the key was lost before the close, and the wave given up: nobody can read its answers. */
  readonly isLost: boolean;
  readonly instrument: Instrument;
  readonly threshold: number;
  readonly groups: Groups;
  /** The public half of the key that answers are sealed with. */
  readonly sealKey: string;
  /** How many were asked. */
  readonly asked: { readonly managers: number; readonly members: number };
  /** How many sent; null until the close. */
  readonly sent: number | null;
}

export type WaveState = "open" | "closing" | "closed" | "lost";

/** A wave as people see it at a moment. */
export function stateOf(wave: Wave, now: Instant): WaveState {
  if (wave.isLost) return "lost";
  if (wave.closedAt !== null) return "closed";
  return takesAnswers(wave, now) ? "open" : "closing";
}

/** True while answers are taken. */
export function takesAnswers(wave: Pick<Wave, "closedAt" | "closesAt">, now: Instant): boolean {
  return wave.closedAt === null && Temporal.Instant.compare(now, wave.closesAt) < 0;
}

/** Somebody who was asked, and the reporting group that they were told. */
export interface Asked {
  readonly person: PersonId;
  /** The group's name; null for nobody's group. */
  readonly group: string | null;
}

/** What somebody did about a wave. There is no more to know: neither when, nor what they said. */
export type Participation = "sent" | "skipped";

/** By item: the place of the choice in its scale, from 0. Items that were left blank are absent. */
export type Choices = Readonly<Record<string, number>>;

/** What one person said, with nothing that leads to them: the unit that is sealed, and later counted. */
export interface Response {
  /** The name of their reporting group; null without one, or once its label was dropped. */
  readonly group: string | null;
  readonly choices: Choices;
}

/** "You said, we did": what changed after a wave, in a lead's words. */
export interface Change {
  readonly wave: WaveId;
  readonly text: string;
  readonly publishedAt: Instant;
}

/** Why something isn't shown. */
export type Suppression =
  /** Fewer people than the threshold; of a group also: its label went to protect a smaller one. */
  | "too-few"
  /** Whoever subtracts it from the whole would see fewer than the threshold, or it is the whole. */
  | "complement"
  /** Everybody, or all but a few, came out the same, here or in what could be had by subtraction. */
  | "unanimous"
  /** The key was lost, and with it the answers. */
  | "lost";

/** A mean score, in whole points from 0 to 100, half the width of its 95 % interval, and the people rounded to 5. */
export type Score =
  | { readonly kind: "suppressed"; readonly why: Suppression }
  | { readonly kind: "shown"; readonly people: number; readonly score: number; readonly margin: number };

/** How answers are spread: parts in the order of the scale, each of one choice or of neighbours that were merged. */
export type Distribution =
  | { readonly kind: "suppressed"; readonly why: Suppression }
  | {
      readonly kind: "shown";
      readonly parts: readonly { readonly labels: readonly string[]; readonly percent: number }[];
    };

/** Everything that is ever published of a wave; made once at the close and never computed again. */
export interface WaveResults {
  /** Rounded to 5. */
  readonly people: { readonly asked: number; readonly managersAsked: number; readonly membersAsked: number; readonly answered: number };
  /** Percent, to the nearest 5; null when nobody was asked. */
  readonly responseRate: number | null;
  readonly score: Score;
  /** How the scores of people spread over the instrument's bands. */
  readonly bands: Distribution;
  readonly items: readonly { readonly id: string; readonly text: string; readonly distribution: Distribution }[];
  readonly groups: readonly { readonly name: string; readonly members: readonly string[]; readonly score: Score }[];
}
