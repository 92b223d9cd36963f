import { ask } from "../asking.ts";
import { failed, fine, skipped, type Verdict, warning } from "../model.ts";
import type { Surroundings } from "../surroundings.ts";

/** The tab takes tokens up to a minute before and after their time (adapters/identity/tokens.ts), the bot five minutes. */
const oddAfter = 60;
const wrongAfter = 240;

/** How far this machine's clock is ahead of another one's, in seconds; below 0 when it is behind. */
export interface Skew {
  readonly of: string;
  readonly seconds: number;
}

/** What to make of the differences: the largest counts. */
export function judgeClock(skews: readonly Skew[]): Verdict {
  const worst = skews.toSorted((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds))[0];
  if (worst === undefined) return skipped("Nobody's clock could be compared with this machine's.");
  const seconds = Math.round(Math.abs(worst.seconds));
  const all = skews.map(({ of }) => of).join(" and ");
  // Nobody's answer tells the time to the second.
  if (seconds <= oddAfter) return fine(`This machine's clock agrees with that of ${all} to within ${Math.max(2, seconds)} s.`);
  const says = `This machine's clock is ${seconds} s ${worst.seconds > 0 ? "ahead of" : "behind"} that of ${worst.of}.`;
  const todo = "Let it be set by NTP: the tab may refuse people when clocks differ by more than a minute, and the bot refuses Teams beyond five.";
  return seconds > wrongAfter ? failed(says, todo) : warning(says, todo);
}

/** Compares this machine's clock with the sign-in service's and the store's, as far as they can be asked. */
export async function checkClock({ clock, tenant, tenantId, store }: Surroundings): Promise<Verdict> {
  const now = () => clock.now().epochMilliseconds;
  const skew = async (of: string, theirs: () => Promise<number | null>): Promise<Skew[]> => {
    const before = now();
    const at = await theirs().catch(() => null);
    // They looked at theirs at some time in between.
    return at === null ? [] : [{ of, seconds: ((before + now()) / 2 - at) / 1_000 }];
  };
  const signIn = async () => {
    const { platform } = await tenant();
    const asked = await ask(`${platform.entraAuthority}/${tenantId}/v2.0/.well-known/openid-configuration`);
    const at = asked.answered ? Date.parse(asked.headers.get("date") ?? "") : Number.NaN;
    // The header has whole seconds, the last one on average half over.
    return Number.isNaN(at) ? null : at + 500;
  };
  const storesOwn = async () => {
    const access = await store();
    return access.kind === "look" ? (await access.look.about()).now : null;
  };
  // Opening the store takes its time, and isn't part of the comparison.
  await Promise.allSettled([tenant(), store()]);
  return judgeClock([...(await skew("the sign-in service", signIn)), ...(await skew("the store", storesOwn))]);
}
