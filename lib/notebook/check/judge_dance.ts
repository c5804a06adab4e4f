import type { Dance } from "../../agent/mod.ts";
import { checkMoves, type Choreography, choreographySchema, problemsOf } from "../../library/mod.ts";
import { encode, type MediaOptions } from "../../media/mod.ts";
import { createMotion, type Key, motionOf } from "../../motion/mod.ts";
import { findStrays } from "../../retrieve/mod.ts";
import { nearestWord } from "../../text/mod.ts";
import { poseOf } from "./attempt.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { type Finding, Mistake, type Verdict } from "./verdict.ts";

/** How what moves is shown in an answer: small, for there are many in a notebook. */
export const GIF: MediaOptions = { size: 220, fps: 12 };

/** Judges a dance: a choreography of one's own, or any sequence of poses. */
export async function judgeDance(
  attempt: unknown,
  expected: ExpectedOf<"dance">,
  context: JudgeContext,
): Promise<Verdict> {
  const { say } = context;
  if (typeof attempt !== "object" || attempt === null) throw new Mistake([say.notDance]);
  if ("moves" in attempt || expected.own) return await judgeChoreography(attempt, expected, context);
  const frames = Array.isArray(attempt) ? attempt : (attempt as Partial<Dance>).frames;
  if (!Array.isArray(frames)) throw new Mistake([say.notDance]);
  if (frames.length === 0) throw new Mistake([say.noMoves]);
  const poses = frames.map((frame) => poseOf(frame, context));
  const keys = poses.flatMap(({ pose, known }): Key[] =>
    pose ? [{ pose, beats: 1, ...(known && { contacts: known.contacts, airborne: known.airborne }) }] : []
  );
  const faults = poses.flatMap((pose) => pose.faults);
  return {
    findings: [
      ...counted(expected, poses.length, new Set(poses.map(({ known, pose }) => known?.id ?? pose)).size, context),
      { text: say.body, holds: faults.length === 0 },
    ],
    advice: faults.map(say.problem),
    ...(keys.length > 0 && { gif: await encode(createMotion(keys, { bpm: 60 }), "gif", GIF) }),
  };
}

const counted = (
  { moves, different }: ExpectedOf<"dance">,
  count: number,
  kinds: number,
  { say }: JudgeContext,
): Finding[] => [
  { text: say.moves(moves, count), holds: count >= moves },
  { text: say.different(different, kinds), holds: kinds >= different },
];

async function judgeChoreography(
  attempt: object,
  expected: ExpectedOf<"dance">,
  context: JudgeContext,
): Promise<Verdict> {
  const { say, library, find, language } = context;
  const dance = choreographyOf(attempt, context);
  const lies = checkMoves(dance, library.poses);
  const strays = (await findStrays(dance, find)).map(({ index, text, found, pose }) =>
    say.moveFound(index + 1, text, found?.id ?? "–", pose)
  );
  const taken = library.choreography(dance.id) !== undefined;
  return {
    findings: [
      { text: say.danceKeys, holds: true },
      ...counted(expected, dance.moves.length, new Set(dance.moves.map(({ pose }) => pose)).size, context),
      { text: say.moveWords, holds: lies.length === 0 },
      { text: say.moveFinds, holds: strays.length === 0 },
      ...(expected.own ? [{ text: say.free(dance.id), holds: !taken }] : []),
    ],
    advice: [...lies.map(say.problem), ...strays, ...(expected.own && taken ? [say.ownDance(dance.id)] : [])],
    gif: await encode(motionOf(library, dance, undefined, { language }), "gif", GIF),
  };
}

/** What was passed as a choreography of known poses. */
function choreographyOf(attempt: object, { say, library }: JudgeContext): Choreography {
  const { moves } = attempt as { moves?: unknown };
  if (moves === undefined || Array.isArray(moves) && moves.length === 0) throw new Mistake([say.noMoves]);
  const parsed = choreographySchema.safeParse(attempt);
  if (!parsed.success) throw new Mistake(problemsOf(parsed.error, attempt, choreographySchema).map(say.problem));
  const unknown = parsed.data.moves.filter(({ pose }) => library.pose(pose) === undefined);
  if (unknown.length > 0) {
    const known = library.poses.map(({ id }) => id);
    throw new Mistake(unknown.map(({ pose }) => say.noPose(pose, nearestWord(pose, known))));
  }
  return parsed.data;
}
