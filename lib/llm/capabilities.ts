/** Schemas, tools, embeddings, context: which of them an endpoint really has, found out by asking. */
import type OpenAI from "openai";
import type { Connection } from "./connection.ts";
import { LlmError } from "./llm_error.ts";
import { llmErrorFrom } from "./llm_error_from.ts";
import { ollamaTells } from "./ollama_tells.ts";
import { timeLimit } from "./time_limit.ts";

/** What an endpoint can do with its model, as it showed when asked. */
export interface Capabilities {
  /** It keeps to a JSON Schema against the wording of the question. */
  readonly jsonSchema: boolean;
  /** It answers with a call of a tool where one is demanded, or says itself that the model has learned it. */
  readonly tools: boolean;
  /** It embeds text. */
  readonly embeddings: boolean;
  /** Tokens that prompt and answer have together; `null` where nobody tells. */
  readonly contextLength: number | null;
}

/** How long the probes may take, and what ends them. */
export interface CapabilitiesOptions {
  /** Ends the probes. */
  readonly signal?: AbortSignal;
  /** Time for each probe in milliseconds (default 30 s: an endpoint may load its model first). */
  readonly timeoutMs?: number;
}

/** What of a connection is needed to find out about its endpoint. */
export type Probed = Pick<Connection, "client" | "model" | "endpoint"> & Partial<Pick<Connection, "ready">>;

const PROBE_MS = 30_000;

const known = new Map<string, Promise<Capabilities>>();

/**
 * Finds out what an endpoint can do, by asking: Ollama says some of it, the rest shows in answers of a few tokens.
 * Found out once for each model while the process runs.
 *
 * @param connection Who is asked.
 * @param options A signal, a time.
 * @throws {LlmError} When the endpoint fails otherwise than by saying that it can't; nothing is remembered then.
 */
export function capabilities(connection: Probed, options: CapabilitiesOptions = {}): Promise<Capabilities> {
  const { kind, baseUrl = "" } = connection.endpoint;
  // Embedded models of the same name may have other weights.
  if (kind === "embedded") return probeAll(connection, options);
  const key = `${kind} ${baseUrl} ${connection.model}`;
  const found = known.get(key) ?? probeAll(connection, options);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function probeAll(connection: Probed, options: CapabilitiesOptions): Promise<Capabilities> {
  await connection.ready?.();
  if (connection.endpoint.kind === "ollama") {
    const jsonSchema = await can(connection, options, keepsToSchema);
    const embeddings = await can(connection, options, embeds);
    const { tools, contextLength } = await ollamaTells(connection, options.signal);
    return { jsonSchema, embeddings, tools: tools ?? await can(connection, options, callsTool), contextLength };
  }
  return {
    jsonSchema: await can(connection, options, keepsToSchema),
    tools: await can(connection, options, callsTool),
    embeddings: await can(connection, options, embeds),
    contextLength: await listedContext(connection, options),
  };
}

/** Asks one thing. An endpoint that can't do it answers with an error or with something else. */
async function can(
  { client, model, endpoint }: Probed,
  { signal, timeoutMs = PROBE_MS }: CapabilitiesOptions,
  probe: (client: OpenAI, model: string, signal: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  using limit = timeLimit(timeoutMs, signal);
  try {
    return await probe(client, model, limit.signal);
  } catch (error) {
    const named = llmErrorFrom(error, endpoint.description, { ...(signal && { signal }), late: limit.late, timeoutMs });
    if (named.kind === "http" && named.status !== undefined && CANNOT.has(named.status)) return false;
    // Some have the right path and an error of their own for it: the message says what the status does not.
    if (named.status === 500 && /support|implement|embed/i.test(named.message)) return false;
    throw named;
  }
}

const CANNOT = new Set([400, 404, 405, 415, 422, 501]);

/** Nobody would answer this question with that word but under a schema. */
async function keepsToSchema(client: OpenAI, model: string, signal: AbortSignal): Promise<boolean> {
  const schema = {
    type: "object",
    properties: { answer: { type: "string", enum: ["zebra"] } },
    required: ["answer"],
    additionalProperties: false,
  };
  const { choices } = await client.chat.completions.create({
    model,
    messages: [{ role: "user", content: "Say hello." }],
    max_tokens: 40,
    temperature: 0,
    seed: 1,
    response_format: { type: "json_schema", json_schema: { name: "answer", strict: true, schema } },
  }, { signal });
  try {
    return JSON.parse(choices?.[0]?.message?.content ?? "").answer === "zebra";
  } catch {
    return false;
  }
}

async function callsTool(client: OpenAI, model: string, signal: AbortSignal): Promise<boolean> {
  const parameters = {
    type: "object",
    properties: { city: { type: "string", enum: ["Paris"] } },
    required: ["city"],
    additionalProperties: false,
  };
  const { choices } = await client.chat.completions.create({
    model,
    messages: [{ role: "user", content: "What is the weather in Paris?" }],
    max_tokens: 80,
    temperature: 0,
    seed: 1,
    tools: [{ type: "function", function: { name: "weather", description: "Weather in a city", parameters } }],
    tool_choice: "required",
  }, { signal });
  return (choices?.[0]?.message?.tool_calls?.length ?? 0) > 0;
}

async function embeds(client: OpenAI, model: string, signal: AbortSignal): Promise<boolean> {
  // Probed for as numbers: left out, the client asks for base64, which some servers ignore and some refuse.
  const { data } = await client.embeddings.create({ model, input: "a", encoding_format: "float" }, { signal });
  return (data?.[0]?.embedding?.length ?? 0) > 0;
}

/**
 * Asks, without probing the model, how many tokens prompt and answer may have together.
 *
 * @returns `null` where nobody tells: not to know is no failure, the call itself will have it.
 */
export async function contextLengthOf(connection: Probed, signal?: AbortSignal): Promise<number | null> {
  try {
    await connection.ready?.();
    if (connection.endpoint.kind === "ollama") return (await ollamaTells(connection, signal)).contextLength;
    return await listedContext(connection, { ...(signal && { signal }) });
  } catch (error) {
    if (error instanceof LlmError && error.kind !== "aborted") return null;
    throw error;
  }
}

/** Servers say the length of the context in their list of models, each under a name of its own. */
async function listedContext(connection: Probed, options: CapabilitiesOptions): Promise<number | null> {
  let length: number | null = null;
  await can(connection, options, async (client, name, signal) => {
    const { data } = await client.models.list({ signal });
    const model: unknown = data?.find(({ id }) => id === name);
    length = ["context_length", "max_model_len", "context_window", "max_context_length"].map((key) => get(model, key))
      .concat(["n_ctx", "n_ctx_train"].map((key) => get(get(model, "meta"), key)))
      .find((value): value is number => typeof value === "number" && value > 0) ?? null;
    return true;
  });
  return length;
}

function get(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
