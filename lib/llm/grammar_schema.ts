import type { GbnfJsonSchema } from "node-llama-cpp";

/** JSON Schema as it comes in a request. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Most whole numbers that a bounded integer is spelled out as. */
const MOST_INTEGERS = 512;

/**
 * Rewrites a JSON Schema into the dialect that the runtime's grammar builder understands. It ignores what it doesn't
 * know, so what can be said otherwise is (`anyOf`, bounded integers, a tuple's length), and what would let anything
 * through is refused.
 *
 * @param schema A JSON Schema, such as zod's `toJSONSchema` gives.
 * @returns The same demand in the grammar builder's words.
 * @throws {SyntaxError} When a part of it can't be enforced; the message names the part.
 */
export function grammarSchema(schema: JsonSchema): GbnfJsonSchema {
  return rewrite(schema, "schema") as GbnfJsonSchema;
}

function rewrite(value: unknown, path: string): Record<string, unknown> {
  if (!isRecord(value)) throw new SyntaxError(`${path} must be an object, not ${JSON.stringify(value)}`);
  const defs = isRecord(value["$defs"])
    ? { $defs: mapValues(value["$defs"], (def, name) => rewrite(def, `${path}.$defs.${name}`)) }
    : {};
  if ("$ref" in value) {
    if (typeof value["$ref"] === "string" && value["$ref"].startsWith("#/$defs/")) {
      return { $ref: value["$ref"], ...defs };
    }
    throw new SyntaxError(`${path}.$ref must point into "#/$defs/", not ${JSON.stringify(value["$ref"])}`);
  }
  const alternatives = value["oneOf"] ?? value["anyOf"];
  if (Array.isArray(alternatives)) {
    return { oneOf: alternatives.map((one, i) => rewrite(one, `${path}.anyOf[${i}]`)), ...defs };
  }
  if ("const" in value) return { const: value["const"] };
  if (Array.isArray(value["enum"])) {
    if (value["enum"].length === 0) throw new SyntaxError(`${path}.enum must have at least one value`);
    return { enum: value["enum"] };
  }
  switch (value["type"]) {
    case "object":
      return { ...object(value, path), ...defs };
    case "array":
      return { ...array(value, path), ...defs };
    case "string":
      return { ...pick(value, ["type", "format"], FORMATS), ...bounds(value, "minLength", "maxLength", path) };
    case "integer":
      return integer(value);
    case "number":
    case "boolean":
    case "null":
      return { type: value["type"] };
  }
  if (Array.isArray(value["type"])) {
    return { oneOf: value["type"].map((type, i) => rewrite({ ...value, type }, `${path}.type[${i}]`)), ...defs };
  }
  throw new SyntaxError(`${path} must have a type, an enum, a const, anyOf or $ref: ${JSON.stringify(value)}`);
}

const FORMATS = new Set<unknown>(["string", "date-time", "time", "date"]);

function object(value: Record<string, unknown>, path: string): Record<string, unknown> {
  const properties = isRecord(value["properties"]) ? value["properties"] : {};
  const more = value["additionalProperties"];
  return {
    type: "object",
    properties: mapValues(properties, (property, name) => rewrite(property, `${path}.properties.${name}`)),
    ...(isRecord(more) && Object.keys(more).length > 0
      ? { additionalProperties: rewrite(more, `${path}.additionalProperties`) }
      : { additionalProperties: more === true || isRecord(more) }),
    ...bounds(value, "minProperties", "maxProperties", path),
  };
}

function array(value: Record<string, unknown>, path: string): Record<string, unknown> {
  const prefix = value["prefixItems"];
  if (Array.isArray(prefix) && !isRecord(value["items"])) {
    const prefixItems = prefix.map((item, i) => rewrite(item, `${path}.prefixItems[${i}]`));
    return { type: "array", prefixItems, minItems: prefix.length, maxItems: prefix.length };
  }
  if (!isRecord(value["items"])) throw new SyntaxError(`${path} must say what its items are`);
  return {
    type: "array",
    items: rewrite(value["items"], `${path}.items`),
    ...(Array.isArray(prefix) ? { prefixItems: prefix.map((p, i) => rewrite(p, `${path}.prefixItems[${i}]`)) } : {}),
    ...bounds(value, "minItems", "maxItems", path),
  };
}

/** The grammar builder has no bounds on numbers; a short range is an enumeration. */
function integer(value: Record<string, unknown>): Record<string, unknown> {
  const from = value["exclusiveMinimum"] === undefined ? value["minimum"] : Number(value["exclusiveMinimum"]) + 1;
  const to = value["exclusiveMaximum"] === undefined ? value["maximum"] : Number(value["exclusiveMaximum"]) - 1;
  if (typeof from !== "number" || typeof to !== "number" || to < from || to - from >= MOST_INTEGERS) {
    return { type: "integer" };
  }
  const first = Math.ceil(from);
  return { enum: Array.from({ length: Math.floor(to) - first + 1 }, (_, i) => first + i) };
}

function bounds(value: Record<string, unknown>, least: string, most: string, path: string): Record<string, unknown> {
  const min = value[least];
  const max = value[most];
  if (typeof min === "number" && typeof max === "number" && min > max) {
    throw new SyntaxError(`${path}.${least} (${min}) must not be more than ${most} (${max})`);
  }
  return pick(value, [least, most]);
}

function pick(value: Record<string, unknown>, keys: string[], allowed?: Set<unknown>): Record<string, unknown> {
  return Object.fromEntries(
    keys.filter((key) => value[key] !== undefined && (allowed?.has(value[key]) ?? true)).map((
      key,
    ) => [key, value[key]]),
  );
}

function mapValues(record: Record<string, unknown>, map: (value: unknown, key: string) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
