import { z } from "zod";

/** A list's query: `?limit=` from 1 to 200 (50 when left out) and `?after=`, an id: the `next` of the page before. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

/** What a list answers: its items, and the cursor of the next page or null when this was the last one. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * One page out of rows that were read with `limit + 1`: the row too many tells that there is another page.
 * `cursorOf` names a row so that reading can go on after it.
 */
export function page<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
