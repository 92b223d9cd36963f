import type { Actor } from "../../kernel/actor.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Clock, Instant, LocalDate } from "../../kernel/time.ts";
import type { CaseloadSummary } from "../check-ins/contract.ts";
import type { ResultSummary } from "../pulse/contract.ts";
import type { JobRole } from "../roster/model.ts";
import type { SheetKey } from "./contract.ts";

/** What a cell holds: text that stays text whatever it looks like, a number, a day, or nothing. */
export type Cell =
  | string
  | { readonly number: number; readonly decimals: 0 | 1 | 2 }
  | { readonly date: LocalDate }
  | null;

export interface Column {
  readonly header: string;
  /** In characters. */
  readonly width: number;
}

export interface Sheet {
  readonly key: SheetKey;
  /** At most 31 characters. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Each as long as the columns. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Turns sheets into files. No cell's text becomes a formula, in whichever program it is opened. */
export interface Spreadsheets {
  /** An .xlsx file, each sheet with a header row that stays in view, and ready to print on A4. */
  workbook(sheets: readonly Sheet[], about: { readonly title: string; readonly madeAt: Instant }): Promise<Uint8Array>;
  /** A CSV file of one sheet: UTF-8, its header row first. */
  csv(sheet: Sheet): Promise<Uint8Array>;
}

/** People per year per whole-time equivalent, by job role; a role for which none was set is absent. */
export type GuideRanges = Readonly<Partial<Record<JobRole, { readonly low: number; readonly high: number }>>>;

/** The results of a survey that was shared, and the fewest people of whom it shows anything. */
export interface SharedSurvey {
  readonly results: ResultSummary;
  readonly threshold: number;
}

/** What the evidence pack is made of. Nothing in it is more than people outside the leads may see. */
export interface EvidenceDeps {
  /** The combined figures as they were frozen when a round closed last; `asOf` is null before the first close. */
  readonly combined: (actor: Actor, by: CaseloadSummary["by"]) => Promise<CaseloadSummary>;
  /** The guide ranges that those figures were held against. */
  readonly guides: (network: NetworkId, asOf: LocalDate) => Promise<GuideRanges>;
  /** The survey that was shared last, with those shared before it in its trend; null when none was. */
  readonly survey: (actor: Actor) => Promise<SharedSurvey | null>;
  readonly networkName: (network: NetworkId) => Promise<string>;
  /** The IANA zone of the network. */
  readonly zone: (network: NetworkId) => Promise<string>;
  readonly spreadsheets: Spreadsheets;
  readonly clock: Clock;
}
