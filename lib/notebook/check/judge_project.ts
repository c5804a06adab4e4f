import type { Dance } from "../../agent/mod.ts";
import type { ExpectedOf } from "./exercise.ts";
import type { JudgeContext } from "./judge.ts";
import { Mistake, type Verdict } from "./verdict.ts";

/** An example of the final project. */
interface Example {
  readonly request: string;
  readonly dance: Dance;
  readonly gif: Uint8Array;
}

const hasFrames = (dance: Partial<Dance> | undefined): boolean =>
  Array.isArray(dance?.frames) && dance.frames.length > 0;

/** Whether bytes are those of a GIF of several frames that starts again. */
function moves(gif: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(gif);
  return text.startsWith("GIF89a") && text.includes("NETSCAPE2.0") && text.split("\x21\xf9\x04").length > 2;
}

/** Judges the final project by its rubric: each request became a GIF, how near each one came, and that there are enough. */
export function judgeProject(attempt: unknown, expected: ExpectedOf<"project">, { say }: JudgeContext): Verdict {
  if (!Array.isArray(attempt)) throw new Mistake([say.notProject]);
  const examples = attempt as readonly Partial<Example>[];
  const wrong = examples.flatMap((example, i) => [
    ...(hasFrames(example?.dance) ? [] : [say.example(i, say.noDance)]),
    ...(example?.gif instanceof Uint8Array ? [] : [say.example(i, say.noGif)]),
  ]);
  if (wrong.length > 0) throw new Mistake(wrong);
  const made = examples as readonly Example[];
  const scores = made.map(({ request, dance }) => {
    const all = dance.frames.map(({ score }) => score);
    return { request, mean: all.reduce((a, b) => a + b, 0) / all.length, least: Math.min(...all) };
  });
  const requests = new Set(made.map(({ request }) => request.trim().toLowerCase()));
  const { examples: least, score } = expected;
  return {
    findings: [
      { text: say.examples(least, made.length), holds: made.length >= least },
      { text: say.requests, holds: requests.size === made.length && !requests.has("") },
      { text: say.gifs, holds: made.every(({ gif }) => moves(gif)) },
      { text: say.similar(score), holds: scores.every(({ mean }) => mean >= score) },
    ],
    advice: scores.map(({ request, mean, least }) => say.similarity(request, mean, least)),
  };
}
