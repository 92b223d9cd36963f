import fc from "fast-check";
import { hostileNumber, hostileText, hostileValue } from "./hostile.ts";

type Rule = Readonly<Record<string, unknown>>;

const isRule = (value: unknown): value is Rule => typeof value === "object" && value !== null && !Array.isArray(value);
const rulesIn = (value: unknown) => (Array.isArray(value) ? value.filter(isRule) : []);
const numberOr = (value: unknown, otherwise: number) => (typeof value === "number" ? value : otherwise);

/** A body that is taken, with one part of it replaced or added. */
export function nearly(body: unknown, parts: readonly string[], part: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (!isRule(body)) return fc.constant(body);
  const names = [...new Set([...parts, ...Object.keys(body)])];
  if (names.length === 0) return fc.constant(body);
  return fc.record({ name: fc.constantFrom(...names), part }).map((made) => ({ ...body, [made.name]: made.part }));
}

/**
 * Values of the form that a JSON schema describes, whose parts are good, nearly good and hostile; now and then something
 * else altogether.
 * @param known texts that mean something: ids, addresses, dates
 * @param named finds a schema by its reference
 */
export function bySchema(schema: unknown, known: readonly string[], named: (reference: string) => unknown, depth = 0): fc.Arbitrary<unknown> {
  if (!isRule(schema) || depth > 6) return hostileValue;
  const within = (rule: unknown) => bySchema(rule, known, named, depth + 1);
  const reference = schema["$ref"];
  if (typeof reference === "string") return within(named(reference));
  const choices = [...rulesIn(schema["anyOf"]), ...rulesIn(schema["oneOf"])];
  if (choices.length > 0) return fc.oneof(...choices.map(within));
  const mostly = (good: fc.Arbitrary<unknown>, bad: fc.Arbitrary<unknown> = hostileValue) =>
    fc.oneof({ weight: 7, arbitrary: good }, { weight: 2, arbitrary: bad }, { weight: 1, arbitrary: hostileValue });
  if ("const" in schema) return mostly(fc.constant(schema["const"]));
  if (Array.isArray(schema["enum"])) return mostly(fc.constantFrom(...schema["enum"]), hostileText);
  switch (schema["type"]) {
    case "object": {
      const properties = isRule(schema["properties"]) ? schema["properties"] : {};
      const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
      // Few parts at a time: of many, one is always refused, and the others are never looked at.
      const parts = fc.subarray(Object.keys(properties), { maxLength: Math.min(2, Object.keys(properties).length) }).chain((some) =>
        fc.record(Object.fromEntries([...new Set([...required, ...some])].map((name) => [name, within(properties[name])]))));
      const more = fc.dictionary(fc.oneof(fc.constantFrom(...known, "__proto__"), hostileText), within(schema["additionalProperties"]), { maxKeys: 3 });
      const both = fc.tuple(parts, more).map(([some, others]) => ({ ...others, ...some }));
      const isOpen = "additionalProperties" in schema && schema["additionalProperties"] !== false;
      return fc.oneof({ weight: 12, arbitrary: isOpen ? both : parts }, { weight: 1, arbitrary: both }, { weight: 1, arbitrary: hostileValue });
    }
    case "array":
      return mostly(fc.array(within(schema["items"]), { maxLength: 4 }), within(schema["items"]).map((one) => Array.from({ length: 1_000 }, () => one)));
    case "integer":
    case "number": {
      const [min, max] = [numberOr(schema["minimum"], -10), numberOr(schema["maximum"], 1_000)];
      return mostly(fc.integer({ min: Math.ceil(Math.max(min, -(2 ** 31))), max: Math.floor(Math.min(max, 2 ** 31)) }), hostileNumber);
    }
    case "boolean":
      return mostly(fc.boolean());
    case "string":
      return fc.oneof(fc.constantFrom(...known), hostileText);
    default:
      return hostileValue;
  }
}
