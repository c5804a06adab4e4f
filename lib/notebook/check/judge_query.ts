import { tellSlot } from "../../describe/mod.ts";
import { parse } from "../../notation/mod.ts";
import { words } from "../../text/mod.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { type Figure, Mistake, type Verdict } from "./verdict.ts";

/** Judges a text by the pose that it finds. */
export async function judgeQuery(
  attempt: unknown,
  expected: ExpectedOf<"query">,
  { library, say, find, findByTfidf }: JudgeContext,
): Promise<Verdict> {
  if (typeof attempt !== "string" || attempt.trim() === "") throw new Mistake([say.aText(JSON.stringify(attempt))]);
  const { pose: id, without, tfidfMisses } = expected;
  const [found] = await find(attempt);
  const byTfidf = tfidfMisses && (await findByTfidf(attempt))[0]?.id;
  const held = words(attempt).filter((word) => without.some((start) => word.startsWith(start)));
  const { slots, unknown } = parse(attempt);
  const asked = library.pose(id);
  const figure = (caption: string, pose: Figure["pose"] | undefined) => pose ? [{ caption, pose, sound: true }] : [];
  return {
    findings: [
      { text: say.finds(id), holds: found?.id === id },
      ...(tfidfMisses ? [{ text: say.tfidf, holds: byTfidf !== id }] : []),
      ...(without.length > 0 ? [{ text: say.without(without), holds: held.length === 0 }] : []),
    ],
    advice: [
      ...(found ? [say.found(found.id, found.score)] : []),
      ...(byTfidf === id ? [say.tfidfToo] : []),
      ...(held.length > 0 ? [say.held(held)] : []),
      say.understood(slots.map(tellSlot)),
      ...(unknown.length > 0 ? [say.strange(unknown)] : []),
    ],
    figures: [...figure(say.asked, asked?.pose), ...figure(say.made, found?.pose)],
  };
}
