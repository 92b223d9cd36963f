import { NodeFS } from "@electric-sql/pglite/nodefs";
import fs from "node:fs";
import { Fault } from "../../kernel/errors.ts";

interface StreamOperations {
  fsync?: (stream: { nfd: number }) => number;
}

function isNodeFilesystem(value: unknown): value is { stream_ops: StreamOperations } {
  return typeof value === "object" && value !== null && "stream_ops" in value && typeof value.stream_ops === "object";
}

/**
 * PGlite's files on the disk, with an fsync that reaches it: as shipped, PGlite's does nothing, and a commit that was
 * acknowledged is lost with the machine's power. When the disk refuses, `onRefused` must not return: nothing may be
 * acknowledged after it, and PostgreSQL's own answer (a panic) is swallowed by PGlite.
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
      nodeFilesystem.stream_ops.fsync = (stream) => {
        try {
          fs.fsyncSync(stream.nfd);
          return 0;
        } catch (cause) {
          return onRefused(cause);
        }
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), patch] } };
  };
  return files;
}
