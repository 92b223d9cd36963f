import { z } from "zod";
import { wholeNumber } from "../../kernel/setting-fields.ts";

/** The key of these settings in the API and in the store. */
export const settingsSection = "retention";

/**
 * How long a network keeps what it holds; `RetentionSettings.parse({})` gives the defaults. The least and the most are
 * choices of the product, with these reasons: a summary looks back over 52 weeks, and a pattern of meetings over some
 * of them, so nothing goes within a year; an entry of the audit log can't be deleted within two (the database sees to
 * that).
 */
export const RetentionSettings = z.object({
  checkInMonths: wholeNumber(12, 36, "Months that check-ins are kept").default(24),
  aggregateYears: wholeNumber(3, 10, "Years that combined figures are kept").default(5),
  meetingMonths: wholeNumber(12, 36, "Months that answers to meetings are kept").default(24),
  leaverMonths: wholeNumber(1, 36, "Months until those who left are forgotten").default(12),
  auditYears: wholeNumber(2, 10, "Years that the audit log is kept").default(6),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;
