/** What was said and done while a model worked with tools, as data. */

/** Tokens of a model's answer and of what it was told; 0 where the endpoint does not count. */
export interface Tokens {
  /** Of what the model was told. */
  readonly prompt: number;
  /** Of what it answered. */
  readonly completion: number;
}

/** Why a run ended: `answered` is the good end, or `done` where the tool that was wanted has run. */
export type StopReason =
  | "answered"
  | "done"
  | "rounds"
  | "repeated"
  | "invalid"
  | "context"
  | "failed";

/** One step, with the seconds that it took; that of a model's answer has its tokens. */
export type Step =
  & { readonly seconds: number }
  & (
    | {
      readonly type: "message";
      readonly role: "system" | "user" | "assistant";
      readonly content: string;
      readonly tokens?: Tokens;
    }
    | {
      readonly type: "call";
      readonly id: string;
      readonly name: string;
      /** As parsed; the text itself where it is no JSON, its beginning where it is too long. */
      readonly arguments: unknown;
    }
    | {
      readonly type: "result";
      readonly id: string;
      readonly name: string;
      /** What the model is told. */
      readonly content: string;
      readonly failed: boolean;
    }
    | { readonly type: "repair"; readonly message: string }
    | { readonly type: "stopped"; readonly reason: StopReason; readonly message: string }
  );
