import type { Library } from "../../library/mod.ts";
import { type Language, nearestWord } from "../../text/mod.ts";
import { createPoseFinder, type FoundPose } from "../create_pose_finder.ts";
import { readExercises } from "./exercise.ts";
import { judge } from "./judge.ts";
import { showVerdict } from "./show_verdict.ts";
import type { Verdict } from "./verdict.ts";
import { SAY } from "./words.ts";

/** Shows below the cell what an exercise expects and what of it an attempt has. It never throws for what was passed. */
export type Check = (id: string, attempt: unknown) => Promise<void>;

/** What attempts are judged with. */
export interface CheckOptions {
  /** The poses and dances that there are. */
  readonly library: Library;
  /** Looks texts up among the poses, as `createPoseFinder(library)` does. */
  readonly find: (text: string) => Promise<readonly FoundPose[]>;
  /** The language of what is said; English unless given. */
  readonly language?: Language;
}

/**
 * Judges attempts at the exercises without showing anything.
 *
 * @returns A function that takes an exercise's id and an attempt; its result holds the hints as well.
 */
export async function createJudge(
  { library, find, language = "en" }: CheckOptions,
): Promise<(id: string, attempt: unknown) => Promise<Verdict & { readonly hints: readonly string[] }>> {
  const say = SAY[language];
  const exercises = [...(await readExercises()).values()].flatMap((file) => file.exercises);
  let byTfidf: ReturnType<typeof createPoseFinder> | undefined;
  const findByTfidf = async (text: string) => await (await (byTfidf ??= createPoseFinder(library, "tfidf")))(text);
  return async (id, attempt) => {
    const exercise = exercises.find((one) => one.id === id);
    if (!exercise) {
      const known = exercises.map((one) => one.id);
      return { findings: [], advice: [say.noExercise(id, nearestWord(id, known), known)], hints: [] };
    }
    const verdict = await judge(attempt, { library, language, say, exercise, find, findByTfidf });
    return { ...verdict, hints: exercise.hints.map((hint) => hint[language]) };
  };
}

/**
 * Makes the `check` of an exercise notebook: feedback on what was made, in words and in a picture beside what was asked.
 *
 * @example
 * ```ts
 * import { createCheck, createPoseFinder, loadLibrary } from "lib";
 *
 * const library = await loadLibrary();
 * const check = await createCheck({ library, find: await createPoseFinder(library) });
 * await check("arms-forward", { right_arm: "forward middle", left_arm: "forward middle" });
 * ```
 */
export async function createCheck(options: CheckOptions): Promise<Check> {
  const judgeAttempt = await createJudge(options);
  return async (id, attempt) => {
    const { hints, ...verdict } = await judgeAttempt(id, attempt);
    await showVerdict(id, verdict, hints, SAY[options.language ?? "en"]);
  };
}
