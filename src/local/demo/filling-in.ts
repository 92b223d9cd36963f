import type { RawInputs } from "../../features/check-ins/answers.ts";
import { inputId } from "../../features/check-ins/question.ts";
import { type JobRole, jobRoles, type Posts } from "../../features/roster/model.ts";
import type { Luck } from "./luck.ts";

type Figures = Partial<Record<JobRole, number>>;

interface Situation {
  readonly feeling: string;
  /** New people by job role. */
  readonly people: Figures;
  readonly posts: Posts;
  /** Against the top of the guide range. */
  readonly load: number;
  readonly luck: Luck;
}

/** The inputs of a check-in card: those that are asked every time, and all. */
export function cardFor(situation: Situation): { readonly always: RawInputs; readonly full: RawInputs } {
  const always = { feeling: situation.feeling, ...perRole("newPeople", situation.people) };
  return { always, full: { ...always, ...perRole("wte", situation.posts), ...restOf(situation) } };
}

function perRole(question: string, figures: Readonly<Figures>): RawInputs {
  const inputs: Record<string, string> = {};
  for (const role of jobRoles) if (figures[role] !== undefined) inputs[inputId(question, role)] = String(figures[role]);
  return inputs;
}

/** People who are supported at one moment for each WTE at the top of the guide range. */
const supportedPerWte = 58;
/** Below this load nobody waits. */
const noQueueBelow = 0.8;

function restOf({ posts, load, feeling, luck }: Situation): RawInputs {
  const supported: Figures = {};
  for (const role of jobRoles) {
    const wte = posts[role];
    if (wte !== undefined) supported[role] = Math.round(wte * supportedPerWte * load * luck.between(0.9, 1.1));
  }
  const pressure = Math.max(0, load - noQueueBelow);
  const waiting = Math.round((posts.link_worker ?? 0) * pressure * luck.between(18, 30));
  const longest = waiting === 0 ? 0 : Math.round(2 + pressure * 24);
  const knowsTheList = luck.chance(0.93);
  const saysWhatHelps = luck.chance(0.8);
  return {
    ...perRole("supported", supported),
    ...(knowsTheList ? { waiting: String(waiting), longestWaitWeeks: String(longest) } : {}),
    ...(saysWhatHelps ? { help: helpFor(feeling, luck.between(0, 1)) } : {}),
  };
}

function helpFor(feeling: string, drawn: number): string {
  if (feeling === "comfortable") return "nothing";
  if (feeling === "busy") return drawn < 0.06 ? "peer" : drawn < 0.1 ? "network" : "nothing";
  if (drawn < 0.18) return "call";
  return drawn < 0.32 ? "peer" : drawn < 0.44 ? "network" : "nothing";
}
