import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin, type UserConfig } from "vite";

interface Page {
  /** Where its index.html is. */
  readonly root: string;
  /** The path that it is served under. */
  readonly base: string;
  /** The HTML files beside its index.html. */
  readonly more?: readonly string[];
}

/** Every page of the product that a browser loads. */
const pages = {
  about: { root: "src/web/about", base: "/about/", more: ["privacy.html", "terms.html"] },
  rehearsal: { root: "src/local/rehearsal/web", base: "/rehearsal/" },
  respond: { root: "src/web/respond", base: "/respond/" },
  tab: { root: "src/tab", base: "/tab/" },
} as const satisfies Record<string, Page>;

const isPage = (name: string): name is keyof typeof pages => name in pages;

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
 * The tab's first files: a small one that asks who is signed in, and three of about the same size, which a phone loads side by
 * side in less time than one large file or many small ones. What tells zod how to make schemas stands with zod, so that
 * it runs before any file that makes some.
 */
const tabFiles = [
  { name: "start", priority: 4, test: /[/\\]src[/\\]tab[/\\](?:start|host[/\\](?:choose|local|host)|api[/\\]transport)\.ts/ },
  { name: "react-dom", priority: 2, test: /[/\\]node_modules[/\\]react-dom[/\\]/ },
  {
    name: "libraries",
    priority: 3,
    test: /[/\\]node_modules[/\\](?:zod|@fluentui[/\\]tokens(?!.*(?:[dD]ark|[hH]ighContrast))|@griffel|react|scheduler|stylis|rtl-css-js|keyborg)[/\\]|[/\\]no-eval\.ts/,
  },
  { name: "frame", priority: 1, test: /[/\\]src[/\\]tab[/\\](?:main|app)\.tsx/ },
];

const size = (file: { readonly type: string; readonly code?: string }) => file.code?.length ?? 0;

/** Has the browser fetch the tab's files together with the first one, which imports them later. */
const preloaded: Plugin = {
  name: "preloaded",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle)
        .filter((file) => file.type === "chunk" && tabFiles.some(({ name }) => name === file.name && name !== "start"))
        .sort((a, b) => size(b) - size(a))
        .map(({ fileName }) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `${pages.tab.base}${fileName}` }, injectTo: "head-prepend" })),
  },
};

/**
 * Writes what ASCII hasn't as escapes: a source is held for as long as it runs, in two bytes for each of its characters when
 * one of them is beyond ASCII. In what String.raw keeps as it is the escapes would show, so there they are refused.
 */
const inAscii: Plugin = {
  name: "in-ascii",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      if (/String\.raw`[^`]*[^\0-\x7f]/.test(file.code)) this.error(`${file.fileName} has a raw string with characters beyond ASCII.`);
      file.code = file.code.replace(/[^\0-\x7f]/g, (wide) => `\\u${wide.charCodeAt(0).toString(16).padStart(4, "0")}`);
    }
  },
};

/** Takes away what an earlier build left: the names of its parts change. */
const withoutOldChunks: Plugin = {
  name: "without-old-chunks",
  buildStart: () => rmSync(`${import.meta.dirname}/dist/chunks`, { recursive: true, force: true }),
};

/**
 * The server with its libraries, in one file for each part that is loaded by itself: 3,000 files would take a second and a
 * half to find and read at every start. Names stay as they are, so that an error says where it arose.
 */
const server: UserConfig = {
  publicDir: false,
  plugins: [withoutOldChunks, inAscii],
  // Node's own, which old libraries name, is on its way out, and would say so at every start.
  resolve: { alias: [{ find: /^punycode$/, replacement: "punycode/punycode.js" }] },
  ssr: {
    target: "node",
    noExternal: true,
    // They look for more of themselves beside their files.
    external: ["@electric-sql/pglite", "pino"],
  },
  build: {
    ssr: true,
    outDir: `${import.meta.dirname}/dist`,
    // The pages are there too.
    emptyOutDir: false,
    target: "node24",
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { main: "src/main.ts", "build-empty-store": "src/build-empty-store.ts" },
      // Libraries would use them where they are installed, and here they aren't.
      external: ["pg-native", "@aws-sdk/client-s3"],
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name].js", keepNames: true, comments: { legal: true, annotation: false, jsdoc: false } },
    },
  },
};

/**
 * `vite build` builds Rehearsal into dist/web/rehearsal, `vite build --mode <page>` another of the pages, and
 * `vite build --mode server` the server.
 */
export default defineConfig(({ mode }) => (mode === "server" ? server : page(isPage(mode) ? mode : "rehearsal")));

function page(name: keyof typeof pages): UserConfig {
  const { root, base, more = [] }: Page = pages[name];
  return {
    root,
    base,
    publicDir: false,
    plugins: name === "tab" ? [preloaded, compressed] : [compressed],
    build: {
      outDir: `${import.meta.dirname}/dist/web/${name}`,
      emptyOutDir: true,
      target: "es2022",
      // light-dark() and :has(), which older style sheet targets would have to imitate.
      cssTarget: ["chrome123", "edge123", "firefox121", "safari17.5"],
      // A content security policy of 'self' allows neither data: addresses nor scripts inside the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      sourcemap: false,
      rolldownOptions: {
        input: ["index.html", ...more].map((file) => `${import.meta.dirname}/${root}/${file}`),
        ...(name === "tab" ? { output: { codeSplitting: { groups: tabFiles } } } : {}),
        // Fluent UI marks its files for servers that render React; a bundle for browsers has no use for the marks.
        onLog: (level, log, handle) => (log.code === "MODULE_LEVEL_DIRECTIVE" ? undefined : handle(level, log)),
      },
      reportCompressedSize: false,
    },
  };
}
