/**
 * Makes a request that may be asked for often: at most one runs at a time, and however often it was asked for
 * meanwhile, one more runs after it, so that the last thing shown is the newest.
 */
export function gathered(run: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const start = async () => {
    running = true;
    try {
      do {
        again = false;
        await run();
      } while (again);
    } finally {
      running = false;
    }
  };
  return () => {
    again = true;
    if (!running) void start();
  };
}
