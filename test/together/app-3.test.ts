import { applicationTests } from "./groups.ts";

await applicationTests(2);
