import { z } from "zod";
import type { JsonAnswer, LoopbackAnswer, LoopbackRequest } from "../entra/loopback.ts";
import { refusal, type Refusal } from "./refusals.ts";
import { jsonOf } from "./routes.ts";

/** "Combine multiple requests in one HTTP call using JSON batching": the most requests in a batch. */
const mostRequests = 20;

const Batch = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1),
        method: z.string().toUpperCase(),
        url: z.string().startsWith("/"),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.unknown().optional(),
        dependsOn: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});

/**
 * Carries out the requests of a batch, all at once unless one depends on another. The answer is 200 whatever becomes of
 * them, so that throttling of some shows only in their own statuses.
 */
export async function answerBatch(
  outer: LoopbackRequest,
  dispatch: (request: LoopbackRequest) => Promise<LoopbackAnswer>,
): Promise<JsonAnswer | Refusal> {
  const batch = Batch.safeParse(jsonOf(outer.body));
  if (!batch.success) return refusal(400, "BadRequest", "Invalid batch payload format.");
  const { requests } = batch.data;
  if (requests.length > mostRequests) {
    return refusal(400, "BadRequest", `Number of batch request steps exceeds the maximum value of ${mostRequests}.`);
  }
  if (new Set(requests.map(({ id }) => id)).size < requests.length) {
    return refusal(400, "BadRequest", "Request Id must be unique in a batch.");
  }
  const carryOut = async ({ id, method, url, headers, body }: (typeof requests)[number]) => {
    const { pathname: path, searchParams: query } = new URL(`/v1.0${url}`, "http://localhost");
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const inner = { ...lowered, authorization: outer.headers.authorization };
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const answer = await dispatch({ method, path, query, headers: inner, body: text });
    return { id, ...(typeof answer === "string" ? { status: 504 } : answer) };
  };
  if (!requests.some(({ dependsOn }) => dependsOn !== undefined)) {
    return { status: 200, body: { responses: await Promise.all(requests.map(carryOut)) } };
  }
  const responses: object[] = [];
  for (const request of requests) responses.push(await carryOut(request));
  return { status: 200, body: { responses } };
}
