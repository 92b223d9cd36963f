import { type Actor, allow } from "../../kernel/actor.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import { listInWords } from "../../kernel/words.ts";
import type { Decision } from "../overview/model.ts";
import { readSettings } from "./deps.ts";
import { keyState } from "./lead-views.ts";
import { takesAnswers, type Wave } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { linesToCheck } from "./support.ts";

/** What waits for a decision about the pulse: of leads of the whole network about a wave, of those who run it about the support lines. */
export async function pulseDecisions(deps: Pick<PulseDeps, "store" | "clock" | "keys">, actor: Actor): Promise<Decision[]> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const now = deps.clock.now();
  const today = dateIn(settings.zone, now);
  const [wave] = allow.networkLeads(actor) ? await read.pulse.page({ limit: 1, after: null }) : [];
  const lines = allow.runners(actor) ? linesToCheck(settings, today) : [];
  const openedOn = wave === undefined ? "" : dayInWords(dateIn(settings.zone, wave.openedAt), today);
  return [
    ...(wave === undefined || takesAnswers(wave, now) ? [] : await aboutTheWave(deps, wave, openedOn)),
    ...(lines.length === 0 ? [] : [checkLines(lines)]),
  ];
}

async function aboutTheWave(deps: Pick<PulseDeps, "keys">, wave: Wave, openedOn: string): Promise<Decision[]> {
  const about = { page: "pulse", id: wave.id } as const;
  if (wave.closedAt === null) {
    const key = await keyState(deps, wave.id);
    if (key === "there") return [];
    const text =
      key === "missing"
        ? `The key to the answers of the survey of ${openedOn} is missing: have it restored, or give the survey up.`
        : `The key to the answers of the survey of ${openedOn} can't be reached: have an admin look at where keys are kept.`;
    return [{ kind: "key-missing", text, ...about }];
  }
  if (wave.sharedAt !== null) return [];
  const text = wave.isLost
    ? `The survey of ${openedOn} closed without results: share that with everybody who was asked.`
    : `The survey of ${openedOn} has closed: look at its results, and share them with everybody who was asked.`;
  return [{ kind: "wave-to-share", text, ...about }];
}

function checkLines(names: readonly string[]): Decision {
  const text = `Check that the survey's support lines still hold, and say so in the settings: ${listInWords(names)}.`;
  return { kind: "support-lines", text, page: "settings", id: null };
}
