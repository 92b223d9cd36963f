import type { Logger } from "../../kernel/logger.ts";

/** The part of an exporter that says how a sending went; code 0 is success. */
interface Exporter<Batch> {
  export(batch: Batch, done: (result: { readonly code: number; readonly error?: Error }) => void): void;
}

/**
 * Has exporters tell whether the collector can be reached: one line in the log when it can't any more, and one when it
 * can again, however many exporters there are and however often they try.
 */
export function watchedExport(logger: Logger): <Batch, E extends Exporter<Batch>>(exporter: E & Exporter<Batch>) => E {
  let isReached = true;
  const note = (error: Error | undefined, code: number) => {
    if (isReached === (code === 0)) return;
    isReached = code === 0;
    // Only the error's code: its words may hold the collector's address with a key in it.
    const reason = error !== undefined && "code" in error ? error.code : error?.name;
    if (isReached) logger.info({}, "the telemetry collector takes what it is sent again");
    else logger.warn({ reason }, "the telemetry collector can't be reached: metrics and traces are dropped until it can");
  };
  return (exporter) => {
    const send = exporter.export.bind(exporter);
    exporter.export = (batch, done) => {
      send(batch, (result) => {
        note(result.error, result.code);
        done(result);
      });
    };
    return exporter;
  };
}
