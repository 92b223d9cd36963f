/** Ends work at a chosen step, as a process that dies there would. */
export interface Tripwire {
  /** Counts a step; throws when it is the chosen one. */
  step(): void;
  /** How many steps were gone so far. */
  readonly gone: number;
}

/** @param at the step that throws, from 1; 0 for none */
export function tripwire(at: number): Tripwire {
  let gone = 0;
  return {
    step() {
      gone += 1;
      if (gone === at) throw new Error(`the process died at step ${at}`);
    },
    get gone() {
      return gone;
    },
  };
}

/** The same object, whose functions count a step before they run and another one once they have. */
export function wired<T extends object>(target: T, wire: Tripwire): T {
  return new Proxy(target, {
    get(from, name, receiver) {
      const value: unknown = Reflect.get(from, name, receiver);
      if (typeof value === "object" && value !== null) return wired(value, wire);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        wire.step();
        const result: unknown = await value.apply(from, args);
        wire.step();
        return result;
      };
    },
  });
}
