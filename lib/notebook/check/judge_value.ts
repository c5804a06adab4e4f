import { z } from "zod";
import { problemsOf } from "../../library/mod.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { Mistake, type Verdict } from "./verdict.ts";

const isSchema = (value: unknown): value is z.ZodType =>
  typeof value === "object" && value !== null && "safeParse" in value && typeof value.safeParse === "function";

/** Judges a zod schema by what it takes and what it refuses. */
export function judgeSchema(
  attempt: unknown,
  { accepts, refuses }: ExpectedOf<"schema">,
  { say }: JudgeContext,
): Verdict {
  if (!isSchema(attempt)) throw new Mistake([say.notSchema]);
  const takes = (value: unknown) => attempt.safeParse(value);
  return {
    findings: [
      ...accepts.map((value) => ({ text: say.accepts(JSON.stringify(value)), holds: takes(value).success })),
      ...refuses.map((value) => ({ text: say.refuses(JSON.stringify(value)), holds: !takes(value).success })),
    ],
    advice: accepts.flatMap((value) => {
      const { error } = takes(value);
      return error
        ? problemsOf(error, value, attempt).map((why) => `${JSON.stringify(value)}: ${say.problem(why)}`)
        : [];
    }),
  };
}

/** Judges a value by a JSON schema. */
export function judgeValue(
  attempt: unknown,
  { schema, says }: ExpectedOf<"value">,
  { say, language }: JudgeContext,
): Verdict {
  const parser = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  const { error } = parser.safeParse(attempt);
  return {
    findings: [{ text: says[language], holds: error === undefined }],
    advice: error ? [say.told(JSON.stringify(attempt))] : [],
  };
}
