/** What the OpenAI handler needs of a language model. */
import type { ChatRequest, PlainMessage } from "./chat_request.ts";

/** What an engine has generated. */
export interface Generated {
  /** The whole text. */
  readonly text: string;
  /** Why it ended: by itself, or at the token limit. */
  readonly finishReason: "stop" | "length";
  /** Tokens of the prompt, as the model saw it. */
  readonly promptTokens: number;
  /** Tokens generated. */
  readonly completionTokens: number;
}

/** Texts as vectors. */
export interface Embeddings {
  /** A vector of length 1 for each text. */
  readonly vectors: readonly (readonly number[])[];
  /** Tokens of all texts. */
  readonly promptTokens: number;
}

/** A language model in this process, behind the OpenAI handler. */
export interface Engine {
  /** The name that requests call it by. */
  readonly model: string;
  /** Tokens that prompt and answer may have together. */
  readonly contextSize: number;
  /**
   * Tokens of a conversation, with everything that the chat template adds.
   *
   * @param messages The conversation.
   */
  countTokens(messages: readonly PlainMessage[]): Promise<number>;
  /**
   * Generates an answer. Called for one request at a time.
   *
   * @param request What is asked, with a prompt that fits; `plainMessages` gives its messages as text.
   * @param options `onText` hears each piece; `signal` ends it; `maxTokens` is what the context has room for.
   */
  generate(
    request: ChatRequest,
    options: { onText: (text: string) => void; signal: AbortSignal; maxTokens: number },
  ): Promise<Generated>;
  /**
   * Embeds texts. Called for one request at a time.
   *
   * @param texts What is embedded.
   * @param signal Ends it between two texts.
   * @throws {ApiError} Status 400 when a text does not fit.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Embeddings>;
}
