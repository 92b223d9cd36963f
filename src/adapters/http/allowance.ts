import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/**
 * Lets each key do something so many times in a span, counted in this process alone: enough against hammering, which
 * is what it is for.
 * @param times how often
 * @param seconds the span
 */
export function allowance(times: number, seconds: number): { take(key: string): Promise<boolean> } {
  const limiter = new RateLimiterMemory({ points: times, duration: seconds });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return true;
      } catch (refused) {
        // The library throws its own count, and an error only for a fault.
        if (refused instanceof RateLimiterRes) return false;
        throw refused;
      }
    },
  };
}
