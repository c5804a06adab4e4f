import type OpenAI from "openai";

/** How a client reaches its endpoint. */
export interface ClientOptions {
  readonly apiKey?: string | undefined;
  /** How often a request is repeated to a server that failed for the moment (default 2). */
  readonly maxRetries?: number | undefined;
  /** What answers in the place of a server. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The one client, for whichever endpoint. */
export async function createClient(baseURL: string, options: ClientOptions = {}): Promise<OpenAI> {
  const { apiKey = "none", maxRetries = 2, fetch } = options;
  // Loading the client takes 0.15 s: only those pay it who ask a model.
  const { default: OpenAI } = await import("openai");
  return new OpenAI({
    baseURL,
    // Given always: left out, the client would take the user's key from the environment and show it to anyone.
    apiKey,
    organization: null,
    project: null,
    maxRetries,
    // What it would print comes as an error as well.
    logLevel: "off",
    ...(fetch && { fetch }),
  });
}
