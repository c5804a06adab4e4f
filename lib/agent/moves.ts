/** A model is asked to describe moves, and what it writes is held against the library. */
import { z } from "zod";
import { type ChatMessage, completeJson, type Connection } from "../llm/mod.ts";
import type { Retriever } from "../retrieve/mod.ts";
import type { Language } from "../text/mod.ts";
import type { Candidate, Refused } from "./dance.ts";
import PROMPTS from "./prompts.json" with { type: "json" };

/** The longest description, in characters; a small model fills what is unbounded. */
const MOST_CHARACTERS = 90;
const LEAST_CHARACTERS = 8;
/** Tokens that a description may take; Cyrillic takes a small English model about one a letter. */
const TOKENS_A_MOVE: Record<Language, number> = { en: 30, ru: 90 };

/** What a model is told before it is asked. */
export interface DescribeQuestion {
  /** What a person asked for. */
  readonly request: string;
  /** The language to describe in. */
  readonly language: Language;
  /** How many descriptions are wanted. */
  readonly count: number;
  /** Descriptions that are near to the request. */
  readonly like: readonly string[];
  /** The same seed gives the same descriptions. */
  readonly seed: number;
  /** Ends the asking. */
  readonly signal?: AbortSignal;
}

/** The conversation that asks for descriptions: a system line, the examples of the language, the question. */
export function describeMessages({ request, language, like }: DescribeQuestion): ChatMessage[] {
  const { system, examples, ask, like: looks } = PROMPTS[language];
  const hint = like.length > 0 ? `${looks}: ${like.join("; ")}.\n` : "";
  return [
    { role: "system", content: system },
    ...examples.flatMap((example): ChatMessage[] => [
      { role: "user", content: `${ask}: ${example.request}` },
      { role: "assistant", content: JSON.stringify({ moves: example.moves }) },
    ]),
    { role: "user", content: `${hint}${ask}: ${request}` },
  ];
}

/**
 * Asks a model for descriptions of moves.
 *
 * @returns as many as were asked for, as it wrote them.
 * @throws {LlmError} when no valid answer comes.
 */
export async function askMoves(question: DescribeQuestion, connection: Connection): Promise<string[]> {
  const { count, language, seed, signal } = question;
  const move = z.string().min(LEAST_CHARACTERS).max(MOST_CHARACTERS);
  const { value } = await completeJson({
    connection,
    schema: z.strictObject({ moves: z.array(move).min(count).max(count) }),
    messages: describeMessages(question),
    seed,
    temperature: 0.5,
    maxTokens: 20 + count * TOKENS_A_MOVE[language],
    ...(signal && { signal }),
  });
  return value.moves.map((text) => text.trim());
}

/** A description that a pose answers to. */
export interface Grounded {
  /** What the model wrote. */
  readonly description: string;
  /** The pose that it retrieved. */
  readonly found: Candidate;
  /** All poses that are near to it, the best first. */
  readonly near: readonly Candidate[];
}

/** How many poses a description may become. */
const CANDIDATES = 5;

/** Divides what a model wrote: a description that no pose is near to, or whose pose came before, is refused. */
export async function ground(
  descriptions: readonly string[],
  retriever: Retriever,
): Promise<{ grounded: Grounded[]; refused: Refused[] }> {
  const grounded: Grounded[] = [];
  const refused: Refused[] = [];
  for (const description of descriptions) {
    const near = (await retriever.search(description, CANDIDATES)).filter(({ score }) => score >= retriever.near)
      .map(({ id, score }): Candidate => ({ id, score }));
    const [found] = near;
    if (!found) refused.push({ description, reason: "ungrounded" });
    else if (grounded.some((one) => one.found.id === found.id)) refused.push({ description, reason: "repeated" });
    else grounded.push({ description, found, near });
  }
  return { grounded, refused };
}
