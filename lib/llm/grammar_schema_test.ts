import assert from "node:assert/strict";
import { z } from "zod";
import { grammarSchema } from "./grammar_schema.ts";

Deno.test("grammarSchema() keeps what the grammar builder enforces", () => {
  const schema = z.object({
    dance: z.enum(["macarena", "waltz"]),
    steps: z.array(z.string().max(20)).min(1).max(3),
    done: z.boolean(),
  });
  assert.deepEqual(grammarSchema(z.toJSONSchema(schema)), {
    type: "object",
    properties: {
      dance: { enum: ["macarena", "waltz"] },
      steps: { type: "array", items: { type: "string", maxLength: 20 }, minItems: 1, maxItems: 3 },
      done: { type: "boolean" },
    },
    additionalProperties: false,
  });
});

Deno.test("grammarSchema() spells bounded integers out", () => {
  assert.deepEqual(grammarSchema({ type: "integer", minimum: 2, exclusiveMaximum: 5 }), { enum: [2, 3, 4] });
  assert.deepEqual(grammarSchema(z.toJSONSchema(z.int())), { type: "integer" });
});

Deno.test("grammarSchema() knows zod's unions, nullables, tuples, records and definitions", () => {
  assert.deepEqual(grammarSchema(z.toJSONSchema(z.union([z.string(), z.null()]))), {
    oneOf: [{ type: "string" }, { type: "null" }],
  });
  assert.deepEqual(grammarSchema(z.toJSONSchema(z.tuple([z.number(), z.number()]))), {
    type: "array",
    prefixItems: [{ type: "number" }, { type: "number" }],
    minItems: 2,
    maxItems: 2,
  });
  assert.deepEqual(grammarSchema(z.toJSONSchema(z.record(z.string(), z.number()))), {
    type: "object",
    properties: {},
    additionalProperties: { type: "number" },
  });
  const point = z.object({ x: z.number() }).meta({ id: "point" });
  const line = grammarSchema(z.toJSONSchema(z.object({ from: point, to: point })));
  assert.deepEqual(line, {
    type: "object",
    properties: { from: { $ref: "#/$defs/point" }, to: { $ref: "#/$defs/point" } },
    additionalProperties: false,
    $defs: { point: { type: "object", properties: { x: { type: "number" } }, additionalProperties: false } },
  });
});

Deno.test("grammarSchema() names the part that can't be enforced", () => {
  const of = (part: unknown) => ({ type: "object", properties: { a: part } });
  for (
    const [part, message] of [
      [{}, /schema\.properties\.a must have a type/],
      [{ $ref: "#" }, /schema\.properties\.a\.\$ref must point into/],
      [{ enum: [] }, /enum must have at least one value/],
      [{ type: "array" }, /must say what its items are/],
      [{ type: "string", minLength: 3, maxLength: 2 }, /minLength \(3\) must not be more than maxLength \(2\)/],
      ["text", /schema\.properties\.a must be an object, not "text"/],
    ] as const
  ) {
    assert.throws(
      () => grammarSchema(of(part)),
      (error) => error instanceof SyntaxError && message.test(error.message),
    );
  }
});
