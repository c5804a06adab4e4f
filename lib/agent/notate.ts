/** The method `notation`: the model fills in direction words from closed lists, and kinematics makes the body. */
import { z } from "zod";
import { composePose, type Library } from "../library/mod.ts";
import { type ChatMessage, completeJson, type Connection } from "../llm/mod.ts";
import { BASES, DIRECTION_WORDS, LANDMARKS, type Notation } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import type { Language } from "../text/mod.ts";
import PROMPTS from "./notate_prompts.json" with { type: "json" };

const words = <const Words extends readonly [string, ...string[]]>(...list: Words) => z.enum(list);
/** Places that a hand is often on; the notation knows more, and a small model chooses worse among more. */
const TOUCHED = ["hip", "shoulder", "knee", "head_back", "head_top", "forehead", "mouth", "chest", "belly"];
const touches = LANDMARKS.filter((name) => TOUCHED.includes(name.replace(/^(left|right)_/, "")));
const arm = z.enum([...DIRECTION_WORDS, ...touches.map((name) => `touch ${name}`)]);
const LEGS = {
  "stand": {},
  "step forward": { step: "forward" },
  "step side": { step: "side" },
  "step back": { step: "back" },
  "lunge": { step: "forward long", knee: 90 },
  "knee up": { upper: "forward middle", lower: "place low" },
  "kick forward": "forward -30",
  "lift side": "side -50",
  "lift back": "back -60",
} as const;
const KNEES = { "straight": undefined, "half bent": 55, "deep bent": 100 } as const;
const leg = z.enum(Object.keys(LEGS) as (keyof typeof LEGS)[]);

/** One figure in words: everything is said, so that an answer has one length and one form. */
export const figureWordsSchema = z.strictObject({
  base: z.enum(BASES.filter((base) => !/^(side_|reverse_|lying_(left|right))/.test(base))),
  left_arm: arm,
  right_arm: arm,
  left_leg: leg,
  right_leg: leg,
  knees: z.enum(Object.keys(KNEES) as (keyof typeof KNEES)[]),
  torso: words("upright", "lean forward", "lean back", "lean left", "lean right", "twist left", "twist right"),
  head: words("ahead", "left", "right", "up", "down", "tilt-left", "tilt-right"),
});

/** One figure in words. */
export type FigureWords = z.infer<typeof figureWordsSchema>;

const armOf = (word: string): NonNullable<Notation["left_arm"]> =>
  word.startsWith("touch ") ? { touch: word.slice(6) as (typeof LANDMARKS)[number] } : word;

/** A figure's words as a notation: what is usual is left out, and legs that do not stand keep to what carries the body. */
export function notationOfWords(figure: FigureWords): Notation {
  const { base, left_leg, right_leg, torso, head } = figure;
  const knees = KNEES[figure.knees];
  const [how, way] = torso.split(" ");
  return {
    ...(base !== "standing" && { base }),
    left_arm: armOf(figure.left_arm),
    right_arm: armOf(figure.right_arm),
    ...(left_leg !== "stand" && { left_leg: LEGS[left_leg] }),
    ...(right_leg !== "stand" && { right_leg: LEGS[right_leg] }),
    ...(knees !== undefined && base === "standing" && { knees }),
    ...(way !== undefined && { torso: how === "lean" ? { lean: way } : { twist: way } }),
    ...(head !== "ahead" && { head: [head] }),
  };
}

/** A figure's words for people: what is usual is left out. */
export const tellFigure = (figure: FigureWords): string =>
  Object.entries(figure).filter(([key, word]) =>
    /arm$/.test(key) || !["standing", "stand", "straight", "upright", "ahead"].includes(word)
  )
    .map(([key, word]) => `${key}: ${word}`.replaceAll("_", " ")).join(", ");

/** What became of a figure in words. */
export interface NotatedPose {
  readonly words: FigureWords;
  readonly pose: Pose;
  /** The library's pose that stands in, where no body holds the words; its id. */
  readonly instead?: string;
  /** Why no body holds them. */
  readonly reasons?: readonly string[];
  /** Whether the body is in the air on purpose. */
  readonly airborne: boolean;
}

/** The body that a figure's words describe; where no body holds them, the library's nearest pose. */
export function notatedPose(figure: FigureWords, { poses }: Pick<Library, "poses">): NotatedPose {
  const composed = composePose(notationOfWords(figure), poses);
  if (composed.kind === "composed") return { words: figure, pose: composed.pose, airborne: composed.airborne };
  // Words that contradict each other are no place to measure from: standing with the same arms is one.
  const plain: FigureWords = { ...figure, base: "standing", left_leg: "stand", right_leg: "stand", knees: "straight" };
  const again = composed.nearest ? composed : composePose(notationOfWords({ ...plain, torso: "upright" }), poses);
  const nearest = again.kind === "refused" ? again.nearest ?? poses[0] : undefined;
  const { reasons } = composed;
  if (again.kind === "composed") return { words: figure, pose: again.pose, reasons, airborne: again.airborne };
  if (!nearest) throw new RangeError("Cannot find a pose instead: the library is empty");
  return { words: figure, pose: nearest.pose, instead: nearest.id, reasons, airborne: nearest.airborne };
}

/** What a model is asked for. */
export interface NotateQuestion {
  readonly request: string;
  readonly language: Language;
  readonly count: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onToken?: (text: string) => void;
}

/** The version of what is asked. */
export const NOTATE_VERSION: number = PROMPTS.version;

/** The conversation that asks for figures in words. */
export function notateMessages({ request, language, count }: NotateQuestion): ChatMessage[] {
  const { system, ask, examples } = PROMPTS[language];
  const question = (text: string, figures: number) => `${ask.replace("N", String(figures))}: ${text}`;
  return [
    { role: "system", content: system },
    ...examples.flatMap(({ request, frames }): ChatMessage[] => [
      { role: "user", content: question(request, frames.length) },
      {
        role: "assistant",
        content: JSON.stringify({ frames: frames.map((frame) => ({ ...PROMPTS.usual, ...frame })) }),
      },
    ]),
    { role: "user", content: question(request, count) },
  ];
}

/** Tokens that a figure in words may take. */
const TOKENS_A_FIGURE = 110;

/**
 * Asks a model for figures in direction words.
 *
 * @returns as many as were asked for.
 * @throws {LlmError} when no valid answer comes.
 */
export async function askNotation(question: NotateQuestion, connection: Connection): Promise<FigureWords[]> {
  const { count, seed, signal, onToken } = question;
  const { value } = await completeJson({
    connection,
    schema: z.strictObject({ frames: z.array(figureWordsSchema).min(count).max(count) }),
    messages: notateMessages(question),
    seed,
    maxTokens: 40 + count * TOKENS_A_FIGURE,
    ...(onToken && { onToken }),
    ...(signal && { signal }),
  });
  return value.frames;
}
