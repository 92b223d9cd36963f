import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** Every page of the product that a browser loads: where its index.html is, and the path that it is served under. */
const pages = {
  rehearsal: { root: "src/local/rehearsal/web", base: "/rehearsal/" },
  respond: { root: "src/web/respond", base: "/respond/" },
  tab: { root: "src/tab", base: "/tab/" },
} as const;

type Page = keyof typeof pages;

const isPage = (name: string): name is Page => name in pages;

/** Puts compressed files beside each one, because the server compresses nothing itself (static-files.ts). */
const compressed: Plugin = {
  name: "compressed",
  writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(?:html|js|css|svg)$/.test(file))) {
      const file = join(dir, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(content));
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

/**
 * The tab's first files. What tells zod how to make schemas stands in one file with zod, which runs before any file that
 * makes some. What the frame and the Overview need stands in another: a phone waits longer for twenty small files than
 * for one.
 */
const tabFiles = [
  { name: "zod", priority: 2, test: /[/\\](?:node_modules[/\\]zod|no-eval\.ts)/ },
  { name: "frame", priority: 1, test: /[/\\]src[/\\]tab[/\\](?:app|overview[/\\]index)\.tsx/ },
];

/** `vite build` builds Rehearsal into dist/web/rehearsal; `vite build --mode <page>` builds another of the pages. */
export default defineConfig(({ mode }) => {
  const page: Page = isPage(mode) ? mode : "rehearsal";
  const { root, base } = pages[page];
  return {
    root,
    base,
    publicDir: false,
    plugins: [compressed],
    build: {
      outDir: `${import.meta.dirname}/dist/web/${page}`,
      emptyOutDir: true,
      target: "es2022",
      // light-dark() and :has(), which older style sheet targets would have to imitate.
      cssTarget: ["chrome123", "edge123", "firefox121", "safari17.5"],
      // A content security policy of 'self' allows neither data: addresses nor scripts inside the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      rolldownOptions: {
        ...(page === "tab" ? { output: { codeSplitting: { groups: tabFiles } } } : {}),
        // Fluent UI marks its files for servers that render React; a bundle for browsers has no use for the marks.
        onLog: (level, log, handle) => (log.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : handle(level, log)),
      },
      reportCompressedSize: false,
    },
  };
});
