import { NodeFS } from "@electric-sql/pglite/nodefs";
import fs from "node:fs";
import { Fault } from "../../../kernel/errors.ts";

interface File {
  readonly nfd: number;
  /** Where it is for PostgreSQL, whose folder has another name there. */
  readonly path?: string;
}

interface StreamOperations {
  fsync?: (file: File) => number;
  write: (file: File, ...how: unknown[]) => number;
}

function isNodeFilesystem(value: unknown): value is { stream_ops: StreamOperations } {
  return typeof value === "object" && value !== null && "stream_ops" in value && typeof value.stream_ops === "object";
}

/**
 * PGlite's files on the disk, with an fsync that reaches it: as shipped, PGlite's does nothing, and a commit that was
 * acknowledged is lost with the machine's power. When the disk refuses that, or has no room for the log, `onRefused` must
 * not return: nothing may be acknowledged after it, and PostgreSQL's own answer (a panic) is swallowed by PGlite, which
 * goes on with a session that never answers again. For a table that finds no room PostgreSQL just refuses the statement.
 */
export function durableFiles(folder: string, onRefused: (cause: unknown) => never): NodeFS {
  const files = new NodeFS(folder);
  const init = files.init.bind(files);
  files.init = async (pglite, options) => {
    const { emscriptenOpts } = await init(pglite, options);
    const patch = (module: object) => {
      const nodeFilesystem: unknown = "NODEFS" in module ? module.NODEFS : undefined;
      if (!isNodeFilesystem(nodeFilesystem)) {
        throw new Fault("store-unavailable", "This version of PGlite keeps its files in an unknown way.");
      }
      const operations = nodeFilesystem.stream_ops;
      const write = operations.write.bind(operations);
      operations.fsync = (file) => {
        try {
          fs.fsyncSync(file.nfd);
          return 0;
        } catch (cause) {
          return onRefused(cause);
        }
      };
      operations.write = (file, ...how) => {
        try {
          return write(file, ...how);
        } catch (cause) {
          if (file.path?.includes("/pg_wal/") !== true) throw cause;
          return onRefused(new Fault("store-unavailable", "The store's log can't be written: its disk is full, or broken.", { cause }));
        }
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), patch] } };
  };
  return files;
}
