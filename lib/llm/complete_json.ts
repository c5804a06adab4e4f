/** A model's answer as data: asked for by a schema, checked by the same, asked once more where it does not fit. */
import { z } from "zod";
import { chat, type ChatMessage, type Completion, type CompletionOptions } from "./chat.ts";
import { firstIssues, jsonSchemaOf } from "./json_schema_of.ts";
import { LlmError } from "./llm_error.ts";

/** What is asked of a model, and the form that its answer must have. */
export interface JsonCompletionOptions<Schema extends z.ZodType> extends CompletionOptions {
  /**
   * The form. Give every string a `max` and every array a `min` and `max`: a small model fills what is unbounded up to
   * its token limit.
   */
  readonly schema: Schema;
  /** Whether the endpoint is told the schema and holds the model to it (default). Without it only the messages say it. */
  readonly enforce?: boolean;
  /** Hears each piece of the raw answer as it comes, those of a refused first answer too. */
  readonly onToken?: (text: string) => void;
}

/** A checked answer. `text` and `timings` are those of the answer that was taken. */
export interface JsonCompletion<Value> extends Completion {
  /** The answer, as the schema gives it. */
  readonly value: Value;
  /** 1, or 2 when the first answer was not valid. */
  readonly attempts: number;
}

/**
 * Asks a model for data. The endpoint is told the schema (unless `enforce` is false), and the answer is checked against
 * it all the same; if it is not valid the model is told why and asked once more.
 *
 * @param options What is asked of whom, and the schema.
 * @returns The answer with its type.
 * @throws {LlmError} `invalid_output` after two invalid answers, `truncated` when the token limit cut the answer, and
 *   every other kind.
 */
export async function completeJson<Schema extends z.ZodType>(
  options: JsonCompletionOptions<Schema>,
): Promise<JsonCompletion<z.output<Schema>>> {
  const { schema, enforce = true, connection: { endpoint } } = options;
  const format = enforce
    ? {
      response_format: {
        type: "json_schema",
        json_schema: { name: "answer", strict: true, schema: jsonSchemaOf(schema) },
      },
    } as const
    : undefined;
  const messages: ChatMessage[] = [...options.messages];
  for (let attempts = 1;; attempts++) {
    const completion = await wholeAnswer({ ...(!enforce && { frequencyPenalty: 0 }), ...options, messages }, format);
    const parsed = parse(completion.text, schema);
    if (parsed.success) return { ...completion, value: parsed.data, attempts };
    if (completion.finishReason === "length") {
      throw new LlmError(
        "truncated",
        `The answer of ${endpoint.description} reached the limit of tokens before its end. ` +
          "Allow more (maxTokens), or bound the schema's strings and arrays.",
      );
    }
    if (attempts === 2) {
      throw new LlmError(
        "invalid_output",
        `${endpoint.description} answered twice in another form than was asked: ${parsed.reason}. ` +
          "Ask for less, or use a larger model.",
      );
    }
    messages.push(
      { role: "assistant", content: completion.text },
      { role: "user", content: `That answer is not valid: ${parsed.reason}. Answer again, with the JSON only.` },
    );
  }
}

async function wholeAnswer(
  options: CompletionOptions & { onToken?: (text: string) => void },
  format: Parameters<typeof chat>[1],
): Promise<Completion> {
  let completion: Completion | undefined;
  async function* pieces(): AsyncGenerator<string, void, void> {
    completion = yield* chat(options, format);
  }
  for await (const piece of pieces()) options.onToken?.(piece);
  if (completion === undefined) throw new TypeError("chat() ended without a completion");
  return completion;
}

type Parsed<Schema extends z.ZodType> =
  | { readonly success: true; readonly data: z.output<Schema> }
  | { readonly success: false; readonly reason: string };

function parse<Schema extends z.ZodType>(text: string, schema: Schema): Parsed<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(jsonIn(text));
  } catch (error) {
    return { success: false, reason: `it is not JSON (${error instanceof Error ? error.message : error})` };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed;
  return { success: false, reason: firstIssues(parsed.error) };
}

/**
 * The first whole JSON object or list of a text, else the text: a model that isn't held to a schema puts its JSON between
 * sentences, into a code block, or writes on after it.
 */
function jsonIn(text: string): string {
  const start = text.search(/[{[]/);
  let depth = 0;
  for (const { 0: token, index } of text.slice(Math.max(start, 0)).matchAll(/"(?:[^"\\]|\\.)*"|[{[\]}]/g)) {
    if (/^[{[]/.test(token)) depth++;
    else if (/^[\]}]/.test(token) && --depth === 0) return text.slice(start, start + index + 1);
  }
  return text;
}
