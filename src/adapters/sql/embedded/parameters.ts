import { PGlite } from "@electric-sql/pglite";
import { randomPageCost } from "../planning.ts";

// A small buffer cache: after 10,000 inserts the process takes 275 MB instead of 443 with PostgreSQL's own 128 MB.
const settings = ["-c", "shared_buffers=16MB", "-c", `random_page_cost=${randomPageCost}`];

/** How PGlite starts where nothing of it has to last. */
export const passingParams = [...PGlite.defaultStartParams, ...settings];

/** PGlite's own parameters without "-F", which turns fsync off. Emscripten's fdatasync does nothing, so fsync it is. */
export const durableParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["-c", "wal_sync_method=fsync"],
  ...settings,
];
