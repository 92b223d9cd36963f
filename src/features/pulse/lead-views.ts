import type { Actor } from "../../kernel/actor.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate } from "../../kernel/time.ts";
import type { ResultSummary } from "./contract.ts";
import { readSettings } from "./deps.ts";
import { nextOpening } from "./due.ts";
import { takesAnswers, type Wave } from "./model.ts";
import { obstacleTo, type OpenObstacle } from "./opening.ts";
import type { PulseDeps } from "./ports.ts";
import { summaryFor } from "./summary.ts";
import { linesToCheck } from "./support.ts";
import { rateSoFar } from "./wave-resources.ts";

/** Whether the key of a wave that is to be counted is where it should be. */
export type KeyState = "there" | "missing" | "unreachable";

/** What a lead's card says about the network's pulse. */
export interface LeadView {
  readonly network: string;
  readonly zone: string;
  readonly now: Instant;
  readonly today: LocalDate;
  /** The latest one; null before the first. */
  readonly wave: Wave | null;
  readonly openedOn: LocalDate | null;
  /** Of a wave that isn't closed. */
  readonly rate: number | null;
  readonly key: KeyState;
  /** Once it is closed. */
  readonly summary: ResultSummary | null;
  /** Why no wave can be opened now. */
  readonly obstacle: OpenObstacle | null;
  /** When the next one opens by itself; null when it doesn't. */
  readonly next: LocalDate | null;
  readonly linesToCheck: readonly string[];
}

/** Loads what a lead's card says. */
export async function loadLeadView(deps: PulseDeps, actor: Actor): Promise<LeadView> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const now = deps.clock.now();
  const today = dateIn(settings.zone, now);
  const wave = (await read.pulse.page({ limit: 1, after: null }))[0] ?? null;
  const isRunning = wave !== null && wave.closedAt === null;
  return {
    network: await read.roster.networkName(),
    zone: settings.zone,
    now,
    today,
    wave,
    openedOn: wave === null ? null : dateIn(settings.zone, wave.openedAt),
    rate: isRunning ? await rateSoFar(read, wave) : null,
    key: isRunning && !takesAnswers(wave, now) ? await keyState(deps, wave.id) : "there",
    summary: wave === null ? null : await resultsOf(deps, actor, wave.id),
    obstacle: await obstacleTo(read),
    next: await nextOpening(deps, actor.network),
    linesToCheck: linesToCheck(settings, today),
  };
}

/** Whether the key of a wave that is to be counted is where it should be. */
export async function keyState({ keys }: Pick<PulseDeps, "keys">, id: WaveId): Promise<KeyState> {
  const find = keys.read(id).then((key) => (key === null ? "missing" : "there"));
  return find.catch(() => "unreachable" as const);
}

async function resultsOf(deps: PulseDeps, actor: Actor, id: WaveId): Promise<ResultSummary | null> {
  const result = await summaryFor(deps, actor, id);
  return result.kind === "summary" && "score" in result.summary ? result.summary : null;
}
