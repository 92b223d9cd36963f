import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { gone, startToyServer } from "./toy-server.ts";

const [seven, eight, nine] = ["7", "8", "9"].map((digit) => `018f0000-0000-7000-8000-00000000000${digit}`);

let server: Awaited<ReturnType<typeof startToyServer>>;
beforeEach(async () => {
  server = await startToyServer();
});
afterEach(() => server.close());

const problemOf = (status: number) => ({
  status,
  body: { type: "about:blank", status, detail: expect.stringMatching(/\.$/) },
});

describe("who may call", () => {
  it("asks for a token", async () => {
    for (const headers of [{}, { authorization: "Basic bGVhZA==" }, { authorization: "Bearer " }]) {
      const answer = await server.call(null, "GET", "/api/v1/toys", undefined, headers);
      expect(answer).toMatchObject(problemOf(401));
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="Steady"');
    }
  });

  it("refuses a token that isn't valid, and logs why without the token", async () => {
    const answer = await server.call("forged", "GET", "/api/v1/toys");
    expect(answer).toMatchObject(problemOf(401));
    expect(answer.headers.get("www-authenticate")).toContain("invalid_token");
    expect(server.logged).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reason: "signature" }) }),
    );
    expect(JSON.stringify(server.logged)).not.toContain("forged");
  });

  it("answers 503 when tokens can't be checked for now", async () => {
    const answer = await server.call("unlucky", "GET", "/api/v1/toys");
    expect(answer).toMatchObject(problemOf(503));
    expect(answer.headers.get("retry-after")).toBe("30");
  });

  it("answers 404 to an id that isn't one, but only those who may ask", async () => {
    expect(await server.call("lead", "POST", "/api/v1/toys/7/paint", { coats: 1 })).toMatchObject(problemOf(404));
    expect(await server.call("manager", "POST", "/api/v1/toys/7/paint", { coats: 1 })).toMatchObject(problemOf(403));
  });

  it("tells somebody outside every roster whom to ask", async () => {
    const answer = await server.call("stranger", "GET", "/api/v1/toys");
    expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining("roster") } });
    expect(server.recorded).toEqual([]);
  });

  it("refuses a role by the route's policy before the body is looked at, and says who may", async () => {
    const answer = await server.call("manager", "POST", `/api/v1/toys/${seven}/paint`, "{ not json");
    expect(answer).toMatchObject({ status: 403, body: { detail: expect.stringContaining("leads and admins") } });
  });
});

describe("what is sent", () => {
  const paint = (body: unknown, headers?: Record<string, string>) =>
    server.call("lead", "POST", `/api/v1/toys/${seven}/paint`, body, headers);

  it("is handed on with the path's parameters, and with what the schema makes of it", async () => {
    expect(await paint({ coats: 3, weeks: "12" })).toMatchObject({
      status: 201,
      body: { id: seven, coats: 3, weeks: 12 },
    });
  });

  it("is answered with every field that is wrong, in plain words", async () => {
    expect(await paint({ coats: 27, colour: "mauve", glitter: true })).toMatchObject({
      status: 422,
      body: {
        detail: "coats must be a whole number from 1 to 26; and 2 more things need changing.",
        errors: [
          { path: "coats", message: "must be a whole number from 1 to 26" },
          { path: "colour", message: "must be red, green or blue" },
          { path: "glitter", message: "isn't known here: take it out" },
        ],
      },
    });
  });

  it.each([
    ["no JSON", "{", "application/json", 400],
    ["bytes that aren't UTF-8", Buffer.from([0x22, 0xff, 0x22]), "application/json", 400],
    ["a list where an object is wanted", "[]", "application/json", 422],
    ["another type", "coats=3", "application/x-www-form-urlencoded", 415],
    ["another type that begins alike", "{}", "application/json-seq", 415],
    ["another character set", "{}", "application/json; charset=utf-16", 415],
    ["more than 256 KB", `{"colour":"${"r".repeat(256 * 1024)}"}`, "application/json", 413],
    ["far more than 256 KB", `{"colour":"${"r".repeat(20_000_000)}"}`, "application/json", 413],
  ])("is refused when it is %s", async (_what, body, type, status) => {
    expect(await paint(body, { "content-type": type })).toMatchObject(problemOf(status));
  });

  it("is refused when it is compressed", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    expect(await paint("x", headers)).toMatchObject(problemOf(415));
  });

  it("may be nothing where an object is wanted: its fields are then missing", async () => {
    expect(await paint(undefined)).toMatchObject({
      status: 422,
      body: { errors: [{ path: "coats", message: "is missing: it must be a whole number from 1 to 26" }] },
    });
  });

  it("may be anything where no body is wanted", async () => {
    expect(await server.call("manager", "POST", `/api/v1/toys/${seven}/wake`, "whatever")).toMatchObject({ status: 200 });
  });

  it("may be a CSV file of up to 6 MB, given on as bytes", async () => {
    const csv = { "content-type": "text/csv; charset=windows-1252" };
    const most = Buffer.alloc(6 * 1024 * 1024, "x");
    expect(await server.call("lead", "POST", "/api/v1/stock", most, csv)).toMatchObject({
      body: { bytes: most.length },
    });
    const more = Buffer.alloc(most.length + 1, "x");
    expect(await server.call("lead", "POST", "/api/v1/stock", more, csv)).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining("6 MB") },
    });
    expect(await server.call("lead", "POST", "/api/v1/stock", {})).toMatchObject(problemOf(415));
  });
});

describe("lists", () => {
  it("come a page at a time", async () => {
    const first = await server.call("lead", "GET", "/api/v1/toys?limit=2");
    expect(first.body).toEqual({
      items: [
        { id: "toy-1", size: 1 },
        { id: "toy-2", size: 2 },
      ],
      next: "toy-2",
    });
    const second = await server.call("lead", "GET", `/api/v1/toys?limit=2&after=${first.body.next}`);
    expect(second.body).toEqual({ items: [{ id: "toy-3", size: 3 }], next: null });
  });

  it.each([
    ["limit=0", "limit must be a whole number from 1 to 200."],
    ["limit=201", "limit must be a whole number from 1 to 200."],
    ["limit=x", "limit must be a whole number from 1 to 200."],
    ["from=12/11/2026", "from must be a date such as 2026-11-12."],
    ["limit=1&limit=2", "limit is given more than once."],
  ])("refuse ?%s", async (query, detail) => {
    expect(await server.call("lead", "GET", `/api/v1/toys?${query}`)).toMatchObject({ status: 400, body: { detail } });
  });
});

describe("what comes back", () => {
  it("holds nothing that the schema doesn't name", async () => {
    expect(await server.call("manager", "GET", "/api/v1/me/toys")).toMatchObject({
      status: 200,
      text: '{"name":"manager"}',
    });
  });

  it.each(["mismatch", "throws"])("is 500 without any insides when the handler fails (%s)", async (how) => {
    const answer = await server.call("manager", "GET", `/api/v1/broken/${how}`);
    expect(answer).toMatchObject(problemOf(500));
    expect(answer.text).not.toMatch(/s3cret|stack|number/);
    const id = answer.headers.get("x-request-id");
    expect(answer.body.instance).toBe(id);
    expect(server.logged).toContainEqual(
      expect.objectContaining({ level: "error", fields: expect.objectContaining({ requestId: id }) }),
    );
  });

  it("is 503 when the store can't be reached", async () => {
    expect(await server.call("manager", "GET", "/api/v1/broken/store")).toMatchObject(problemOf(503));
  });

  it("isn't kept by anybody on the way", async () => {
    const { headers } = await server.call("manager", "GET", "/api/v1/me/toys");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("strict-transport-security")).toBeNull();
    expect(headers.get("server")).toBeNull();
  });

  it("has no body for HEAD", async () => {
    expect(await server.call("manager", "HEAD", "/api/v1/me/toys")).toMatchObject({ status: 200, text: "" });
  });

  it("is 404 at an unknown address, and 405 with the right methods for a wrong one", async () => {
    expect(await server.call("lead", "GET", "/api/v1/nothing")).toMatchObject(problemOf(404));
    const answer = await server.call("lead", "DELETE", "/api/v1/toys");
    expect(answer).toMatchObject(problemOf(405));
    expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(["GET", "HEAD"]);
  });
});

describe("the record of who did what", () => {
  const actions = () =>
    server.recorded.map(({ actor, action, subject, detail }) => [actor?.role, action, subject, detail["status"]]);

  it("has each request of leads, admins and viewers", async () => {
    for (const role of ["lead", "admin", "viewer"]) await server.call(role, "GET", "/api/v1/toys?limit=1");
    await server.call("lead", "GET", "/api/v1/toys?limit=0");
    expect(actions()).toEqual([
      ["lead", "GET toys", null, 200],
      ["admin", "GET toys", null, 200],
      ["viewer", "GET toys", null, 200],
      ["lead", "GET toys", null, 400],
    ]);
    expect(server.recorded[0]?.at.toString()).toBe("2026-11-12T09:00:00Z");
  });

  it("has each change and each refusal of anybody, with what it was about", async () => {
    await server.call("manager", "POST", `/api/v1/toys/${seven}/wake`);
    await server.call("manager", "POST", `/api/v1/toys/${eight}/paint`, { coats: 1 });
    await server.call("lead", "POST", `/api/v1/toys/${gone}/paint`, { coats: 1 });
    await server.call("manager", "GET", `/api/v1/me/secrets/${nine}`);
    expect(actions()).toEqual([
      ["manager", "POST toys/:id/wake", seven, 200],
      ["manager", "POST toys/:id/paint", eight, 403],
      ["lead", "POST toys/:id/paint", gone, 404],
      ["manager", "GET me/secrets/:id", nine, 403],
    ]);
  });

  it("has nothing of managers who read, of one's own things, or of the API's description", async () => {
    await server.call("manager", "GET", "/api/v1/toys");
    await server.call("lead", "GET", "/api/v1/me/toys");
    await server.call("lead", "GET", "/api/v1/openapi.json");
    expect(actions()).toEqual([]);
  });

  it("fails the request when it can't be written", async () => {
    const other = await startToyServer({ audit: () => Promise.reject(new Error("disk full")) });
    expect(await other.call("lead", "GET", "/api/v1/toys")).toMatchObject(problemOf(500));
    await other.close();
  });
});

describe("the API's description", () => {
  it("is public, names each route with who may use it, and refers to nothing that isn't there", async () => {
    const { status, body, text } = await server.call(null, "GET", "/api/v1/openapi.json");
    expect(status).toBe(200);
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(["/toys", "/toys/{id}/paint", "/stock", "/me/toys"]),
    );
    expect(body.components.securitySchemes.bearer.scheme).toBe("bearer");
    const paint = body.paths["/toys/{id}/paint"].post;
    expect(paint).toMatchObject({ description: "Allowed: leads and admins.", "x-allowed": "leads and admins" });
    expect(paint.parameters).toEqual([expect.objectContaining({ name: "id", in: "path", required: true })]);
    expect(paint.requestBody.content["application/json"].schema.properties.coats).toMatchObject({
      minimum: 1,
      maximum: 26,
    });
    const limit = body.paths["/toys"].get.parameters.find(({ name }: { name: string }) => name === "limit");
    expect(limit).toMatchObject({ in: "query", schema: { maximum: 200, default: 50 } });
    for (const [, name = ""] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      expect(Object.keys(body.components.schemas)).toContain(name);
    }
    const operations = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((path) =>
      Object.values(path),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });
});
