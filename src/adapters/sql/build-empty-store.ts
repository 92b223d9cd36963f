import { buildEmptyStore } from "./empty-store.ts";
import { initialise } from "./pglite.ts";

// A step of `npm run build`.
await buildEmptyStore(initialise);
