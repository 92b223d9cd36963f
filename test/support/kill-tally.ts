interface Killed {
  readonly kills: number;
  readonly duplicates: number;
  readonly inFlight: number;
}

/** Adds up what kills came to, and prints it as one line for each engine (or other form) at the end. */
export function killTally(what: string) {
  const totals = new Map<string, Killed & { readonly runs: number }>();
  return {
    tally(form: string, { kills, duplicates, inFlight }: Killed): void {
      const before = totals.get(form) ?? { runs: 0, kills: 0, duplicates: 0, inFlight: 0 };
      const added = { kills: before.kills + kills, duplicates: before.duplicates + duplicates, inFlight: before.inFlight + inFlight };
      totals.set(form, { runs: before.runs + 1, ...added });
    },
    report(): void {
      for (const [form, { runs, kills, duplicates, inFlight }] of totals) {
        console.log(`${what}, ${form}: killed at ${kills} moments in ${runs} runs; ${inFlight} in flight then, ${duplicates} came twice, nobody lost`);
      }
    },
  };
}
