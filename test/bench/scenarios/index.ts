import type { Scenario } from "../scenario.ts";
import { answers } from "./answers.ts";
import { answersWhileSending } from "./answers-while-sending.ts";
import { closing } from "./closing.ts";
import { evidence } from "./evidence.ts";
import { fanOutByReplicas, fanOutToMany, fanOutUnderFaults, firstContact } from "./fan-out.ts";
import { opening } from "./opening.ts";
import { planning } from "./planning.ts";
import { reads } from "./reads.ts";
import { soak } from "./soak.ts";
import { start } from "./start.ts";

/** Every scenario, in the order in which they run. */
export const scenarios: readonly Scenario[] = [fanOutToMany, fanOutByReplicas, firstContact, fanOutUnderFaults, answers, answersWhileSending, reads, opening, closing, planning, evidence, start, soak];
