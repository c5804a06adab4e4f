import { caption, factsOf, holds, posecodes } from "../../describe/mod.ts";
import { parse, solve } from "../../notation/mod.ts";
import type { Pose } from "../../skeleton/mod.ts";
import { poseOf } from "./attempt.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import type { Verdict } from "./verdict.ts";

/** Judges a pose: each fact that is expected is parsed and held against its geometry. */
export function judgePose(attempt: unknown, expected: ExpectedOf<"pose">, context: JudgeContext): Verdict {
  const { say, language } = context;
  const { pose, outside, faults } = poseOf(attempt, context);
  const facts = pose && factsOf(pose);
  return {
    findings: [
      ...expected.facts.map((fact) => ({
        text: fact[language],
        holds: facts !== undefined && parse(fact[language]).slots.every((slot) => holds(slot, facts)),
      })),
      { text: say.body, holds: faults.length === 0 },
    ],
    advice: [
      ...(pose ? [say.told(caption(posecodes(pose), { language, length: "long" }))] : []),
      ...faults.map(say.problem),
    ],
    figures: [
      { caption: say.asked, pose: askedPose(expected, context), sound: true },
      { caption: say.made, pose: outside, sound: faults.length === 0 },
    ],
  };
}

function askedPose({ pose }: ExpectedOf<"pose">, { library, exercise }: JudgeContext): Pose {
  if (typeof pose !== "string") return solve(pose).pose;
  const found = library.pose(pose);
  if (!found) throw new RangeError(`Cannot check "${exercise.id}": the library has no pose "${pose}"`);
  return found.pose;
}
