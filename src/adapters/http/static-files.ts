import { existsSync, readdirSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join, relative, sep } from "node:path";
import type { RequestHandler, Server } from "restify";
import { z } from "zod";
import { restify } from "./restify.ts";

export interface StaticFolder {
  /** Where it is served, with a slash at both ends: "/tab/". */
  readonly path: string;
  /** The folder on disk. */
  readonly dir: string;
  /** "none": no page may show these in a frame, not even this server's, and they load what they name and nothing else. */
  readonly frame?: "none";
  /** The content security policy, in place of the one that follows from the rest. */
  readonly policy?: string;
}

const Params = z.record(z.string(), z.string());

const hashed = /[-.][\w-]{8,}\.(?:js|mjs|css|woff2?|png|svg|jpg|webp|map)$/;

const alone = [
  "default-src 'none'",
  ...["script-src", "style-src", "connect-src", "font-src"].map((kind) => `${kind} 'self'`),
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

function policyOf(folder: StaticFolder): string {
  if (folder.policy !== undefined) return folder.policy;
  if (folder.frame === "none") return alone;
  return "default-src 'self'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
}

/** What a build compresses its files with, smallest first: the ending of the file and the name of the encoding. */
const encodings = [
  { ending: ".br", name: "br" },
  { ending: ".gz", name: "gzip" },
] as const;

const encodingOf = (file: string) => encodings.find(({ ending }) => file.endsWith(ending));

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** What a compressed file holds; undefined for every other file. */
function typeOfCompressed(file: string): string | undefined {
  const [, extension = ""] = /\.([a-z]+)\.(?:br|gz)$/.exec(file) ?? [];
  return types[extension];
}

function dressPage(response: ServerResponse, file: string, policy: string): void {
  response.setHeader("content-security-policy", policy);
  response.setHeader("vary", "accept-encoding");
  const type = typeOfCompressed(file);
  const encoding = encodingOf(file);
  if (type !== undefined && encoding !== undefined) {
    response.setHeader("content-encoding", encoding.name);
    response.setHeader("content-type", type);
  }
  // Files of a build carry a hash of what they hold in their name, so a changed file is another file.
  const isLasting = /[/\\]assets[/\\]/.test(file) && hashed.test(file.replace(/\.(?:br|gz)$/, ""));
  response.setHeader("cache-control", isLasting ? "public, max-age=31536000, immutable" : "no-cache");
}

/** The compressed files of the folder. */
function compressedIn(dir: string): ReadonlySet<string> {
  if (!existsSync(dir)) return new Set();
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => relative(dir, join(parentPath, name)).split(sep).join("/"));
  return new Set(names.filter((name) => typeOfCompressed(name) !== undefined));
}

/**
 * Serves a folder's files, and its index.html for the folder itself; a file that has a compressed one beside it
 * (index.html.br, index.html.gz) comes compressed to browsers that take it. What begins with a dot isn't there.
 */
export function serveFolder(server: Server, folder: StaticFolder): void {
  const policy = policyOf(folder);
  const compressed = compressedIn(folder.dir);
  const serve = restify.plugins.serveStaticFiles(folder.dir, {
    setHeaders: (response, file) => dressPage(response, file, policy),
  });
  const choose: RequestHandler = (request, _response, next) => {
    const params = Params.parse(request.params);
    const asked = params["*"] === "" ? "index.html" : (params["*"] ?? "");
    const best = encodings.find(({ ending, name }) => compressed.has(`${asked}${ending}`) && request.acceptsEncoding(name));
    if (best !== undefined) request.params = { ...params, "*": `${asked}${best.ending}` };
    next();
  };
  const bare = folder.path.replace(/\/$/, "");
  const redirect: RequestHandler = (_request, response, next) => {
    response.statusCode = 308;
    response.setHeader("location", folder.path);
    response.end();
    next();
  };
  for (const method of ["get", "head"] as const) {
    server[method](`${folder.path}*`, choose, serve);
    if (bare !== "") server[method](bare, redirect);
  }
}
