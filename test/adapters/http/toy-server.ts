import { connect } from "node:net";
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Authentication } from "../../../src/adapters/http/api.ts";
import { createServer, type ServerOptions } from "../../../src/adapters/http/server.ts";
import { allow, type Actor, type Role } from "../../../src/kernel/actor.ts";
import { Fault } from "../../../src/kernel/errors.ts";
import { route, type Route } from "../../../src/kernel/http.ts";
import { asId } from "../../../src/kernel/ids.ts";
import type { Logger } from "../../../src/kernel/logger.ts";
import { page, pageOf, PageQuery } from "../../../src/kernel/paging.ts";
import type { AuditEntry } from "../../../src/kernel/store.ts";
import { Temporal } from "../../../src/kernel/time.ts";

export function actorWith(role: Role): Actor {
  const scope = role === "lead" ? ({ kind: "network" } as const) : null;
  return {
    network: asId("n"),
    person: asId(`person-${role}`),
    name: role,
    role,
    scope,
    managesTeams: role === "manager",
  };
}

/** Something that a test opens from outside to let a waiting request end. */
export function gate() {
  let open = (): void => {};
  let arrive = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return { open: () => open(), opened, arrive: () => arrive(), arrived };
}

export const gone = "018f0000-0000-7000-8000-0000000000ff";

const Toy = z.object({ id: z.string(), size: z.int() });

export function toyRoutes(waiting = gate()): Route[] {
  const toys = [1, 2, 3].map((size) => ({ id: `toy-${size}`, size }));
  return [
    route({
      method: "GET",
      path: "toys",
      summary: "Lists the toys",
      allow: allow.everyone,
      allowed: "everyone",
      query: PageQuery.extend({ from: z.iso.date().optional(), after: z.string().optional() }),
      response: pageOf(Toy),
      handle: async ({ query }) => {
        const rest = toys.filter(({ id }) => id > (query.after ?? ""));
        return { kind: "ok", body: page(rest.slice(0, query.limit + 1), query.limit, ({ id }) => id) };
      },
    }),
    route({
      method: "POST",
      path: "toys/:id/paint",
      summary: "Paints a toy",
      allow: allow.leadsAndAdmins,
      allowed: "leads and admins",
      body: {
        type: "application/json",
        schema: z.strictObject({
          coats: z.int().min(1).max(26),
          colour: z.enum(["red", "green", "blue"]).optional(),
          // Reads text and hands on a number: parsing it twice would fail.
          weeks: z.string().regex(/^\d+$/).transform(Number).optional(),
        }),
      },
      response: z.object({ id: z.string(), coats: z.number(), weeks: z.number().nullable() }),
      handle: async ({ params, body }) => {
        const id = params["id"] ?? "";
        if (id === gone) return { kind: "problem", status: 404, detail: "There is no such toy." };
        return { kind: "ok", status: 201, body: { id, coats: body.coats, weeks: body.weeks ?? null } };
      },
    }),
    route({
      method: "POST",
      path: "stock",
      summary: "Reads a file",
      allow: allow.everyone,
      allowed: "everyone",
      body: { type: "text/csv" },
      response: z.object({ bytes: z.number() }),
      handle: async ({ body }) => ({ kind: "ok", body: { bytes: Buffer.isBuffer(body) ? body.length : -1 } }),
    }),
    route({
      method: "POST",
      path: "toys/:id/wake",
      summary: "Wakes a toy",
      allow: allow.everyone,
      allowed: "everyone",
      response: z.object({ awake: z.boolean() }),
      handle: async () => ({ kind: "ok", body: { awake: true } }),
    }),
    route({
      method: "GET",
      path: "me/toys",
      summary: "My toys",
      allow: allow.everyone,
      allowed: "everyone",
      response: z.object({ name: z.string() }),
      // The secret isn't in the schema, so it must not leave.
      handle: async ({ actor }) => ({ kind: "ok", body: { name: actor.name, secret: "s3cret" } }),
    }),
    route({
      method: "GET",
      path: "me/secrets/:id",
      summary: "Leads only",
      allow: allow.leads,
      allowed: "leads",
      response: z.object({}),
      handle: async () => ({ kind: "ok", body: {} }),
    }),
    route({
      method: "GET",
      path: "broken/:how",
      summary: "Breaks",
      allow: allow.everyone,
      allowed: "everyone",
      response: z.object({ n: z.number() }),
      handle: async ({ params }) => {
        if (params["how"] === "store") throw new Fault("store-unavailable");
        if (params["how"] === "throws") throw new Error("inner s3cret");
        const body: { n: number } = JSON.parse('{"n":"not a number"}');
        return { kind: "ok", body };
      },
    }),
    route({
      method: "GET",
      path: "slow",
      summary: "Waits",
      allow: allow.everyone,
      allowed: "everyone",
      response: z.object({ done: z.boolean() }),
      handle: async () => {
        waiting.arrive();
        await waiting.opened;
        return { kind: "ok", body: { done: true } };
      },
    }),
  ];
}

function folderWithPages(): string {
  const dir = mkdtempSync(join(tmpdir(), "steady-pages-"));
  mkdirSync(join(dir, "pages", "assets"), { recursive: true });
  writeFileSync(join(dir, "outside.txt"), "s3cret");
  writeFileSync(join(dir, "pages", "index.html"), "<h1>Hello</h1>");
  writeFileSync(join(dir, "pages", ".hidden"), "s3cret");
  writeFileSync(join(dir, "pages", "assets", "index-B4x_9Qz1.js"), "export {};");
  return join(dir, "pages");
}

/** A running server with toy routes; tokens are the names of roles. */
export async function startToyServer(more: Partial<ServerOptions> = {}) {
  const recorded: AuditEntry[] = [];
  const logged: { level: string; fields: object; message: string }[] = [];
  const logTo = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const logger: Logger = {
    debug: logTo("debug"),
    info: logTo("info"),
    warn: logTo("warn"),
    error: logTo("error"),
    child: () => logger,
  };
  const people: Record<string, Authentication> = {
    lead: { ok: true, actor: actorWith("lead") },
    admin: { ok: true, actor: actorWith("admin") },
    viewer: { ok: true, actor: actorWith("viewer") },
    manager: { ok: true, actor: actorWith("manager") },
    stranger: { ok: true, actor: null },
    unlucky: { ok: false, reason: "keys-unavailable" },
  };
  const server = createServer({
    routes: toyRoutes(),
    authenticate: async (bearer) => people[bearer] ?? { ok: false, reason: "signature" },
    audit: async (entry) => void recorded.push(entry),
    clock: { now: () => Temporal.Instant.from("2026-11-12T09:00:00Z") },
    logger,
    ready: async () => ({ ok: true, checks: [{ name: "store", ok: true, detail: "" }] }),
    staticFolders: [{ path: "/pages/", dir: folderWithPages() }],
    ...more,
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    recorded,
    logged,
    leave: () => server.leave(),
    close: (grace?: number) => server.close(grace),
    /** A request with a role's token; a `body` that isn't text or bytes goes as JSON. */
    async call(
      role: string | null,
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ) {
      const isRaw = typeof body === "string" || Buffer.isBuffer(body);
      const response = await fetch(`${origin}${path}`, {
        method,
        redirect: "manual",
        headers: {
          ...(role === null ? {} : { authorization: `Bearer ${role}` }),
          ...(body === undefined || isRaw ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get("content-type") ?? "");
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson && text !== "" ? JSON.parse(text) : null,
      };
    },
    /** Sends bytes as they are and gives back what came until the connection ended. */
    raw(bytes: string): Promise<string> {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
        socket.on("data", (chunk) => chunks.push(chunk));
        socket.on("close", () => resolve(Buffer.concat(chunks).toString()));
        socket.on("error", reject);
      });
    },
  };
}
