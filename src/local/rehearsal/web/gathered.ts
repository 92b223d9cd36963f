/**
 * Makes a request that may be asked for often: at most one runs at a time, and however often it was asked for
 * meanwhile, one more runs after it, so that the last thing shown is the newest.
 */
export function gathered(run: () => Promise<void>): () => void {
  const asked = { times: 0 };
  let running = false;
  const start = async () => {
    running = true;
    try {
      for (let answered = 0; answered < asked.times; ) {
        answered = asked.times;
        await run();
      }
    } finally {
      asked.times = 0;
      running = false;
    }
  };
  return () => {
    asked.times += 1;
    if (!running) void start();
  };
}
