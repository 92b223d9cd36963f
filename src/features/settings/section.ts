import type { z } from "zod";

/** One feature's part of a network's settings, as its leads read and change it. */
export interface SettingsSection {
  /** Its key in the API and in the store. */
  readonly name: string;
  /** Parses a stored or changed value and fills in the defaults; every message says what to change. */
  readonly schema: z.ZodType<Record<string, unknown>>;
}
