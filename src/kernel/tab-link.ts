/**
 * The address that opens a page of the tab, such as "check-ins/team/018f…" (what stands behind "#/" in the tab's own
 * address); null where there is no tab to open.
 */
export type TabLink = (page: string) => string | null;
