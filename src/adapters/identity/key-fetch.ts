/** Nobody was asked, because whoever publishes the keys has just failed to. */
export class KeysResting extends Error {
  constructor() {
    super("The keys couldn't be had a moment ago.");
    this.name = "KeysResting";
  }
}

/** Milliseconds for which nobody is asked again. */
export const restMs = 5_000;

/**
 * A fetch for published keys that rests after a failure: each token with a key that nobody knows wants them fetched
 * again, and whoever sends such tokens mustn't turn a service's trouble into a storm. Meanwhile it throws KeysResting.
 * @param rest milliseconds without another try after one that failed
 */
export function keyFetch(rest: number, now: () => number = () => performance.now()): (url: string, init: RequestInit) => Promise<Response> {
  let restsUntil = Number.NEGATIVE_INFINITY;
  return async (url, init) => {
    if (now() < restsUntil) throw new KeysResting();
    const response = await fetch(url, init).catch((error: unknown) => {
      restsUntil = now() + rest;
      throw error;
    });
    if (response.status !== 200) restsUntil = now() + rest;
    return response;
  };
}
