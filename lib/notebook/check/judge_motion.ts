import { encode } from "../../media/mod.ts";
import { measureMotion, type Motion } from "../../motion/mod.ts";
import { GIF } from "./judge_dance.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { Mistake, type Verdict } from "./verdict.ts";

const isMotion = (value: unknown): value is Motion =>
  typeof value === "object" && value !== null && "poseAt" in value && "keys" in value;

/** Frames a second that are looked at. */
const FPS = 10;
/** How far (s, degrees) a motion may be off. */
const CLOSE = 0.02;
/** How deep (cm) a limb may be in another, and a joint (degrees) beyond its range, on the way. */
const [DEEP, BEYOND] = [1.5, 2];

/** Judges a motion by its length, its turn, its flight, and whether a body can do it. */
export async function judgeMotion(
  attempt: unknown,
  { seconds, turn, airborne }: ExpectedOf<"motion">,
  { say }: JudgeContext,
): Promise<Verdict> {
  if (!isMotion(attempt)) throw new Mistake([say.notMotion]);
  const { limitDegrees, limitWhat, penetration, penetrationWhat } = measureMotion(attempt, FPS);
  const wrong = [
    ...(limitDegrees > BEYOND ? [limitWhat] : []),
    ...(penetration > DEEP ? [penetrationWhat] : []),
  ];
  const last = Math.round(attempt.keys.at(-1)?.turn ?? 0);
  const flying = attempt.keys.filter((key) => key.airborne).length;
  return {
    findings: [
      ...(seconds
        ? [{
          text: say.seconds(seconds, attempt.seconds),
          holds: attempt.seconds > seconds[0] - CLOSE && attempt.seconds < seconds[1] + CLOSE,
        }]
        : []),
      ...(turn === undefined ? [] : [{ text: say.turned(turn, last), holds: last === turn }]),
      ...(airborne ? [{ text: say.airborne, holds: flying > 0 && flying < attempt.keys.length }] : []),
      { text: say.possible, holds: wrong.length === 0 },
    ],
    advice: wrong.map(say.impossible),
    gif: await encode(attempt, "gif", GIF),
  };
}
