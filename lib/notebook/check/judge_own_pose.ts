import { checkDescriptions, checkPose, createTextCheck, nearestPose, problemsOf } from "../../library/mod.ts";
import { poseSpecSchema } from "../../notation/mod.ts";
import { distinct } from "../../skeleton/mod.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { Mistake, type Verdict } from "./verdict.ts";

/** Judges a new pose as `pose poses check` does a file's: keys, body, descriptions, and that there is none like it. */
export function judgeOwnPose(attempt: unknown, _: ExpectedOf<"own_pose">, { library, say }: JudgeContext): Verdict {
  const parsed = poseSpecSchema.safeParse(attempt);
  if (!parsed.success) throw new Mistake(problemsOf(parsed.error, attempt, poseSpecSchema).map(say.problem));
  const { pose: made, problems } = checkPose(parsed.data, "this cell");
  if (!made) throw new Mistake(problems.map(say.problem));
  const lies = [...checkDescriptions(made), ...createTextCheck(library.poses, library.choreographies)(made)];
  const taken = library.pose(made.id) !== undefined;
  const alike = library.poses.find(({ pose }) => !distinct(pose, made.pose));
  const near = nearestPose(made.pose, library.poses)?.nearest;
  return {
    findings: [
      { text: say.keys, holds: true },
      { text: say.body, holds: problems.length === 0 },
      { text: say.true, holds: lies.length === 0 },
      { text: say.unlike, holds: alike === undefined },
      { text: say.free(made.id), holds: !taken },
    ],
    advice: [...[...problems, ...lies].map(say.problem), ...(alike ? [say.alike(alike.id)] : [])],
    figures: [
      { caption: say.made, pose: made.pose, sound: problems.length === 0 },
      ...(near ? [{ caption: say.nearest(near.id), pose: near.pose, sound: true }] : []),
    ],
  };
}
