/** An attempt at an exercise, judged: one judge for each kind of exercise. */
import type { Library } from "../../library/mod.ts";
import type { Language } from "../../text/mod.ts";
import type { FoundPose } from "../create_pose_finder.ts";
import { refuseMissing } from "./attempt.ts";
import type { Exercise, Expected } from "./exercise.ts";
import { judgeDance } from "./judge_dance.ts";
import { judgeMotion } from "./judge_motion.ts";
import { judgeOwnPose } from "./judge_own_pose.ts";
import { judgePose } from "./judge_pose.ts";
import { judgeProject } from "./judge_project.ts";
import { judgeQuery } from "./judge_query.ts";
import { judgeSchema, judgeValue } from "./judge_value.ts";
import { Mistake, type Verdict } from "./verdict.ts";
import type { Say } from "./words.ts";

/** What judges need. */
export interface JudgeContext {
  /** The poses and dances that there are. */
  readonly library: Library;
  /** The language of the feedback. */
  readonly language: Language;
  /** What is said in it. */
  readonly say: Say;
  /** What is asked. */
  readonly exercise: Exercise;
  /** Looks a text up among the poses. */
  find(text: string): Promise<readonly FoundPose[]>;
  /** The same by TF-IDF. */
  findByTfidf(text: string): Promise<readonly FoundPose[]>;
}

type Judge<E extends Expected> = (attempt: unknown, expected: E, context: JudgeContext) => Verdict | Promise<Verdict>;

const JUDGES: { readonly [Kind in Expected["kind"]]: Judge<Extract<Expected, { kind: Kind }>> } = {
  pose: judgePose,
  query: judgeQuery,
  schema: judgeSchema,
  value: judgeValue,
  own_pose: judgeOwnPose,
  dance: judgeDance,
  motion: judgeMotion,
  project: judgeProject,
};

/**
 * Judges an attempt. Whatever was passed, there is a verdict: a student's mistake is answered with what to do.
 *
 * @returns What was expected and what of it is so; no finding at all where there is nothing to look at yet.
 */
export async function judge(attempt: unknown, context: JudgeContext): Promise<Verdict> {
  const { expect } = context.exercise;
  try {
    refuseMissing(attempt, context);
    return await (JUDGES[expect.kind] as Judge<Expected>)(attempt, expect, context);
  } catch (error) {
    if (error instanceof Mistake) return { findings: [], advice: error.advice };
    throw error;
  }
}

/** Whether an attempt is right. */
export const passed = ({ findings }: Verdict): boolean => findings.length > 0 && findings.every(({ holds }) => holds);
