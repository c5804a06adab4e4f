/** Exercises as data: `notebooks/exercises/*.json` hold what is asked, what a student starts from, and what is expected. */
import { z } from "zod";
import { problemsOf } from "../../library/mod.ts";
import { notationSchema, parse } from "../../notation/mod.ts";
import { LANGUAGES } from "../../text/mod.ts";

/** A text in both languages of the course. */
const bilingual = z.strictObject({ en: z.string().trim().min(1), ru: z.string().trim().min(1) });

/** A fact of a pose, plainly said: the parser has to understand it, for it is what the pose is held against. */
const fact = bilingual.refine(
  (texts) => LANGUAGES.every((language) => parse(texts[language]).understood),
  "must say plainly, in both languages, where arms and legs are: the parser does not understand it",
);

const expectSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pose"),
    pose: z.union([z.string(), notationSchema]).meta({ description: "what is asked: a pose's id, or its notation" }),
    facts: z.array(fact).min(1),
  }).meta({ description: "a pose, however it was made" }),
  z.strictObject({
    kind: z.literal("query"),
    pose: z.string().meta({ description: "the id of the pose that the text has to find first" }),
    without: z.array(z.string()).meta({ description: "beginnings of words that the text may not hold" }),
    tfidfMisses: z.literal(true).optional().meta({ description: "TF-IDF must find something else" }),
  }).meta({ description: "a text that finds a pose" }),
  z.strictObject({
    kind: z.literal("schema"),
    accepts: z.array(z.json()).min(1),
    refuses: z.array(z.json()).min(1),
  }).meta({ description: "a zod schema" }),
  z.strictObject({
    kind: z.literal("value"),
    schema: z.record(z.string(), z.json()).meta({ description: "the value's JSON schema" }),
    says: bilingual.meta({ description: "what is expected of it, in words" }),
  }).meta({ description: "a value of JSON" }),
  z.strictObject({ kind: z.literal("own_pose") }).meta({ description: "a new pose, as poses/*.json hold it" }),
  z.strictObject({
    kind: z.literal("dance"),
    moves: z.int().min(1).meta({ description: "at least so many moves" }),
    different: z.int().min(1).meta({ description: "at least so many different poses" }),
    own: z.literal(true).optional().meta({ description: "a new choreography, as poses/dances/*.json hold it" }),
  }).meta({ description: "a dance" }),
  z.strictObject({
    kind: z.literal("motion"),
    seconds: z.tuple([z.number(), z.number()]).optional().meta({ description: "how long, from and to" }),
    turn: z.number().optional().meta({ description: "degrees that the figure has turned to its left at the end" }),
    airborne: z.literal(true).optional().meta({ description: "some key is in the air, and the others are not" }),
  }).meta({ description: "a motion" }),
  z.strictObject({
    kind: z.literal("project"),
    examples: z.int().min(1),
    score: z.number().min(0).max(1).meta({ description: "the least mean similarity of an example" }),
  }).meta({ description: "requests that became GIFs, with their similarity" }),
]);

/** What an exercise expects. */
export type Expected = z.infer<typeof expectSchema>;
/** What an exercise of one kind expects. */
export type ExpectedOf<Kind extends Expected["kind"]> = Extract<Expected, { kind: Kind }>;

const exerciseSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case words joined by -"),
  title: bilingual,
  task: bilingual.meta({ description: "what to do, in Markdown" }),
  hints: z.array(bilingual).min(1).meta({ description: "shown, folded, where the check fails" }),
  start: z.array(z.string()).min(1).meta({ description: "the cell that students get, a line each" }),
  solution: z.array(z.string()).min(1).optional()
    .meta({ description: "the same cell, solved; the students' edition has none" }),
  expect: expectSchema,
});

/** One exercise. */
export type Exercise = z.infer<typeof exerciseSchema>;

/** A file of exercises: those of one notebook. */
export const exerciseFileSchema = z.strictObject({
  title: bilingual,
  intro: bilingual.meta({ description: "what stands above the first exercise, in Markdown" }),
  imports: z.array(z.string()).meta({ description: "what the first cell imports from lib besides" }),
  setup: z.array(z.string()).meta({ description: "what it does besides, a line each" }),
  exercises: z.array(exerciseSchema).min(1),
});

/** The exercises of one notebook, with the texts around them. */
export type ExerciseFile = z.infer<typeof exerciseFileSchema>;

/** The folder of this checkout that holds them. */
const EXERCISES = new URL("../../../notebooks/exercises/", import.meta.url);

/**
 * Reads all exercises.
 *
 * @param folder Holds a file for each notebook, under its name.
 * @returns The files' contents by the notebooks' names, in their order.
 * @throws {SyntaxError} naming the file, the field and the value that are not right.
 */
export async function readExercises(folder: URL = EXERCISES): Promise<Map<string, ExerciseFile>> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".json")) names.push(name);
  const files = new Map<string, ExerciseFile>();
  for (const name of names.sort()) {
    const content: unknown = JSON.parse(await Deno.readTextFile(new URL(name, folder)));
    const parsed = exerciseFileSchema.safeParse(content);
    if (!parsed.success) {
      throw new SyntaxError(
        `Cannot read the exercises of ${name}:\n  ${
          problemsOf(parsed.error, content, exerciseFileSchema).join("\n  ")
        }`,
      );
    }
    files.set(name.replace(/\.json$/, ""), parsed.data);
  }
  return files;
}
