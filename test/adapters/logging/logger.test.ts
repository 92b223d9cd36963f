import { describe, expect, it } from "@jest/globals";
import { createLogger } from "../../../src/adapters/logging/logger.ts";

function recorder() {
  const lines: string[] = [];
  return { lines, destination: { write: (line: string) => void lines.push(line) } };
}

describe("createLogger", () => {
  it("writes one line of JSON with the level in words and the child's fields", () => {
    const { lines, destination } = recorder();
    createLogger({ level: "info", destination }).child({ requestId: "r" }).warn({ count: 2 }, "Slow");
    expect(JSON.parse(lines.join(""))).toMatchObject({ level: "warn", requestId: "r", count: 2, msg: "Slow" });
  });

  it("leaves out what is below its level", () => {
    const { lines, destination } = recorder();
    createLogger({ level: "warn", destination }).info({}, "Nothing");
    expect(lines).toEqual([]);
  });

  it.each([
    { token: "s3cret" },
    { headers: { authorization: "s3cret" } },
    { a: { b: { answers: ["s3cret"] } } },
    { activity: { text: "s3cret", value: { x: "s3cret" } } },
  ])("takes private fields out of %j", (fields) => {
    const { lines, destination } = recorder();
    createLogger({ level: "info", destination }).info(fields, "Here");
    expect(lines.join("")).toContain("[left out]");
    expect(lines.join("")).not.toContain("s3cret");
  });

  it("takes private fields out of what a child logger always says", () => {
    const { lines, destination } = recorder();
    createLogger({ level: "info", destination }).child({ who: { token: "s3cret" } }).child({ secret: "s3cret" }).info({}, "Here");
    expect(JSON.parse(lines.join(""))).toMatchObject({ who: { token: "[left out]" }, secret: "[left out]" });
  });

  it("tells what its writer has made of an error as it is", () => {
    const { lines, destination } = recorder();
    createLogger({ level: "info", destination }).error({ error: { name: "error", code: "42883", at: ["here"] } }, "Failed");
    expect(JSON.parse(lines.join("")).error).toEqual({ name: "error", code: "42883", at: ["here"] });
  });

  it("tells an error's message, code and cause, and nothing else that it carries", () => {
    const { lines, destination } = recorder();
    const cause = Object.assign(new Error("duplicate key"), { code: "23505", detail: "Key (email)=(s3cret)" });
    createLogger({ level: "info", destination }).error({ err: new Error("Not saved", { cause }) }, "Failed");
    expect(JSON.parse(lines.join(""))).toMatchObject({ err: { message: "Not saved", cause: { code: "23505" } } });
    expect(lines.join("")).not.toContain("s3cret");
  });
});
