/** Longer than a killed server's jobs, and the minute of a schedule, are waited for. */
const longestMs = 110_000;

/** Resolves with the promise; throws, and says what didn't come, when that takes too long. */
export async function soon<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`waited in vain for ${what}`)), longestMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks again and again until it is so; throws, and says what didn't come, when that takes too long. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, everyMs = 50): Promise<void> {
  const deadline = Date.now() + longestMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
