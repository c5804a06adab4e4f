/** A model that can be asked: its client, its name, and who answers. */
import type OpenAI from "openai";
import type { OnCall } from "./call_event.ts";

/** Who answers. */
export interface Endpoint {
  /** `openai`: the one that OPENAI_BASE_URL names; `ollama`: on this machine or OLLAMA_HOST; `embedded`: this process. */
  readonly kind: "openai" | "ollama" | "embedded";
  /** Address of its API; absent for the embedded one. */
  readonly baseUrl?: string;
  /** One line for printing: who answers with which model. */
  readonly description: string;
  /** What the user should know about how it was found, a sentence each: why not another, what to run for a better one. */
  readonly notes: readonly string[];
}

/** A client, the model to ask for, and who answers. */
export interface Connection extends AsyncDisposable {
  /** The same client whoever answers. */
  readonly client: OpenAI;
  /** The model's name in requests. */
  readonly model: string;
  /** Who answers. */
  readonly endpoint: Endpoint;
  /** Hears of each call that `completeText` and `completeJson` make over this connection, when it is over. */
  readonly onCall?: OnCall;
  /** Gives the signal that ends the calls made from now on: that of a stop button. */
  readonly interruption?: () => AbortSignal;
  /**
   * Gets the model ready now instead of at the first call. Only the embedded one has something to do (about a second).
   *
   * @throws {LlmError} `unreachable` when it can't start.
   */
  ready(): Promise<void>;
  /** Ends what is running and frees the memory. Without it a process with the embedded model may not exit. */
  close(): Promise<void>;
}
