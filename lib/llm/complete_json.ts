import { z } from "zod";
import { chat, type ChatMessage, type Completion, type CompletionOptions } from "./chat.ts";
import { LlmError } from "./llm_error.ts";

/** What is asked of a model, and the form that its answer must have. */
export interface JsonCompletionOptions<Schema extends z.ZodType> extends CompletionOptions {
  /**
   * The form. Give every string a `max` and every array a `min` and `max`: a small model fills what is unbounded up to
   * its token limit.
   */
  readonly schema: Schema;
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
 * Asks a model for data. The endpoint is told the schema, and the answer is checked against it all the same; if it is not
 * valid the model is told why and asked once more.
 *
 * @param options What is asked of whom, and the schema.
 * @returns The answer with its type.
 * @throws {LlmError} `invalid_output` after two invalid answers, `truncated` when the token limit cut the answer, and
 *   every other kind.
 */
export async function completeJson<Schema extends z.ZodType>(
  options: JsonCompletionOptions<Schema>,
): Promise<JsonCompletion<z.output<Schema>>> {
  const { schema, connection: { endpoint } } = options;
  const format = {
    type: "json_schema",
    json_schema: { name: "answer", strict: true, schema: jsonSchema(schema) },
  } as const;
  const messages: ChatMessage[] = [...options.messages];
  for (let attempts = 1;; attempts++) {
    const completion = await wholeAnswer({ ...options, messages }, format);
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
    value = JSON.parse(withoutFence(text));
  } catch (error) {
    return { success: false, reason: `it is not JSON (${error instanceof Error ? error.message : error})` };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed;
  const reasons = parsed.error.issues.slice(0, 3).map(({ path, message }) =>
    path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`
  );
  return { success: false, reason: reasons.join("; ") };
}

/** Models that aren't held to a schema like to put their JSON into a code block. */
function withoutFence(text: string): string {
  return /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    override({ jsonSchema }) {
      // Strict endpoints ask for this to be said.
      if (jsonSchema.properties !== undefined) jsonSchema.additionalProperties ??= false;
    },
  });
  return rest;
}
