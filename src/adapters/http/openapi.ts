import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { Route } from "../../kernel/http.ts";

const Problem = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("One sentence: what is wrong and what to change."),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    instance: z.string().describe("The request's id, as in the log."),
  })
  .meta({ id: "Problem" });

const problems: Readonly<Record<string, string>> = {
  401: "No valid token",
  403: "Not open to the caller",
  default: "Something is wrong with the request, or went wrong here",
};

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const content =
    "file" in route.response
      ? { [route.response.file]: { schema: { type: "string", format: "binary" } as const } }
      : { "application/json": { schema: route.response } };
  const responses: ZodOpenApiResponsesObject = { "2XX": { description: "Done", content } };
  const refusals = new Map(Object.entries(problems));
  return {
    ...responses,
    ...Object.fromEntries(
      [...refusals].map(([status, description]) => [
        status,
        { description, content: { "application/problem+json": { schema: Problem } } },
      ]),
    ),
  };
}

function operationOf(route: Route, path: string): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const body = route.body;
  return {
    operationId: `${route.method.toLowerCase()}_${path.replace(/\W+/g, "_").replace(/^_|_$/g, "")}`,
    summary: route.summary,
    description: `Allowed: ${route.allowed}.`,
    "x-allowed": route.allowed,
    requestParams: {
      ...(names.length === 0 ? {} : { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
      ...(route.query instanceof z.ZodObject ? { query: route.query } : {}),
    },
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content:
              body.type === "text/csv"
                ? { "text/csv": { schema: { type: "string" } } }
                : { "application/json": { schema: body.schema } },
          },
        }),
    responses: responsesOf(route),
  };
}

/** The API's description (OpenAPI 3.1), made from the routes' own schemas. */
export function describeApi(routes: readonly Route[]): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    const path = `/${route.path.replace(/^\//, "").replace(/:(\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, path) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Steady", version: "1", description: "Check-ins of a network of managers." },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  });
}
