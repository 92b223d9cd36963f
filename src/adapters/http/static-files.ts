import type { ServerResponse } from "node:http";
import type { RequestHandler, Server } from "restify";
import { restify } from "./restify.ts";

export interface StaticFolder {
  /** Where it is served, with a slash at both ends: "/tab/". */
  readonly path: string;
  /** The folder on disk. */
  readonly dir: string;
  /** Origins that may show these pages in a frame besides this server itself. */
  readonly frameAncestors?: readonly string[];
}

const hashed = /[-.][\w-]{8,}\.(?:js|mjs|css|woff2?|png|svg|jpg|webp|map)$/;

function dressPage(response: ServerResponse, file: string, folder: StaticFolder): void {
  const ancestors = ["'self'", ...(folder.frameAncestors ?? [])].join(" ");
  const rules = "default-src 'self'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'self'";
  response.setHeader("content-security-policy", `${rules}; frame-ancestors ${ancestors}`);
  // Files of a build carry a hash of what they hold in their name, so a changed file is another file.
  const isLasting = /[/\\]assets[/\\]/.test(file) && hashed.test(file);
  response.setHeader("cache-control", isLasting ? "public, max-age=31536000, immutable" : "no-cache");
}

/** Serves a folder's files, and its index.html for the folder itself. What begins with a dot isn't there. */
export function serveFolder(server: Server, folder: StaticFolder): void {
  const serve = restify.plugins.serveStaticFiles(folder.dir, {
    setHeaders: (response, file) => dressPage(response, file, folder),
  });
  const bare = folder.path.replace(/\/$/, "");
  const redirect: RequestHandler = (_request, response, next) => {
    response.statusCode = 308;
    response.setHeader("location", folder.path);
    response.end();
    next();
  };
  for (const method of ["get", "head"] as const) {
    server[method](`${folder.path}*`, serve);
    if (bare !== "") server[method](bare, redirect);
  }
}
