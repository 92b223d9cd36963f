import { z } from "zod";

// Otherwise zod tries out `new Function`, which the page's content security policy refuses and reports. Schemas look at
// this when they are made, so this module comes before every other import.
z.config({ jitless: true });
