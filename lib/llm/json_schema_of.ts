/** Zod's schemas as models and their servers take them, and Zod's refusals as models understand them. */
import { z } from "zod";

/**
 * A zod schema as the JSON Schema that endpoints are told.
 *
 * @param schema What is expected.
 */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    override({ jsonSchema }) {
      // Strict endpoints ask for this to be said.
      if (jsonSchema.properties !== undefined) jsonSchema.additionalProperties ??= false;
    },
  });
  return rest;
}

/** Unknown keys may be many, and long. */
const LONGEST = 400;

/** The first things that zod found wrong, in a line that a model or a person can act on. */
export function firstIssues({ issues }: z.ZodError): string {
  const reasons = issues.slice(0, 3).map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`
  );
  const more = issues.length - reasons.length;
  return reasons.join("; ").slice(0, LONGEST) + (more > 0 ? ` (and ${more} more)` : "");
}
