import { readFileSync } from "node:fs";

/** The kernel's clock ticks in a second (`getconf CLK_TCK`), which is 100 on every Linux that Node runs on. */
const ticks = 100;

export interface Usage {
  /** Memory that it holds now, in MB. */
  readonly memory: number;
  /** The most that it has ever held, in MB. */
  readonly peakMemory: number;
  /** Processor time that it has used since it started, in seconds. */
  readonly processor: number;
}

/** What a process of this machine uses, by Linux' own books. Throws when there is none with this number. */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]);
  // The program's name, which may hold spaces, stands in brackets before the fields.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return { memory: kilobytes("VmRSS") / 1024, peakMemory: kilobytes("VmHWM") / 1024, processor: (user + system) / ticks };
}
