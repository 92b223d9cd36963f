import type { RequestKind } from "./faults.ts";

/** One request between the bot and the Connector. It holds no content, only ids and outcomes. */
export interface TrafficEntry {
  /** Counts up from 1 over both directions, so that a reader can tell what is new. */
  readonly n: number;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly direction: "from-bot" | "to-bot";
  readonly method: string;
  readonly path: string;
  /** The object id of the person whom it concerns. */
  readonly person?: string;
  /** What a bot asked for, or the type of the activity that it got ("message", "adaptiveCard/action"). */
  readonly kind: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly ms: number;
}

export interface TrafficCounts {
  /** The bot's requests since the start. */
  readonly requests: number;
  readonly throttled: number;
  readonly byKind: Readonly<Partial<Record<RequestKind, number>>>;
  readonly byStatus: Readonly<Record<number, number>>;
}

type NewEntry = Omit<TrafficEntry, "direction" | "n">;

const kept = 500;

/** Numbers requests and remembers the last 500, oldest first. */
export function createLog() {
  const entries: TrafficEntry[] = [];
  let last = 0;
  return {
    add(entry: Omit<TrafficEntry, "n">): void {
      last += 1;
      entries.push({ n: last, ...entry });
      if (entries.length > kept) entries.shift();
    },
    log: (): readonly TrafficEntry[] => [...entries],
  };
}

/** Remembers the last 500 requests and counts all of the bot's. */
export function createTraffic() {
  const { add, log } = createLog();
  const byKind: Partial<Record<RequestKind, number>> = {};
  const byStatus: Record<number, number> = {};
  let requests = 0;
  return {
    fromBot(entry: NewEntry & { readonly kind: RequestKind }): void {
      add({ ...entry, direction: "from-bot" });
      requests += 1;
      byKind[entry.kind] = (byKind[entry.kind] ?? 0) + 1;
      byStatus[entry.status] = (byStatus[entry.status] ?? 0) + 1;
    },
    toBot(entry: NewEntry): void {
      add({ ...entry, direction: "to-bot" });
    },
    log,
    counts: (): TrafficCounts => ({
      requests,
      throttled: byStatus[429] ?? 0,
      byKind: { ...byKind },
      byStatus: { ...byStatus },
    }),
  };
}

export type Traffic = ReturnType<typeof createTraffic>;
