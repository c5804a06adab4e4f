/**
 * Writes the JSON Schemas that editors complete pose and choreography files by: `deno task schemas`.
 *
 * @module
 */
import { z } from "zod";
import { choreographySchema } from "../library/mod.ts";
import { poseFileSchema } from "../notation/mod.ts";

/** Each schema's file in `poses/`, and its text. */
export function schemaFiles(): Record<string, string> {
  const text = (title: string, schema: z.ZodType) =>
    JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input", reused: "ref" }) }, null, 2) + "\n";
  return {
    "pose.schema.json": text("Poses", poseFileSchema),
    "choreography.schema.json": text("Choreography", choreographySchema),
  };
}

if (import.meta.main) {
  for (const [name, content] of Object.entries(schemaFiles())) {
    await Deno.writeTextFile(new URL(`../../poses/${name}`, import.meta.url), content);
    console.log(`Wrote poses/${name}`);
  }
}
