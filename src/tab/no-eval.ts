import { z } from "zod";

// Otherwise zod tries out `new Function`, which the tab's content security policy refuses and reports. Schemas look at
// this when they are made, so the build keeps this file with zod itself (vite.config.ts).
z.config({ jitless: true });
