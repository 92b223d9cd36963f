import type { IncomingMessage, ServerResponse } from "node:http";
import { json as bodyOf } from "node:stream/consumers";
import type { z } from "zod";

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}

/** The request's JSON body as the schema has it; null when it isn't that. */
export async function readJson<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | null> {
  try {
    return schema.parse(await bodyOf(request));
  } catch {
    return null;
  }
}
