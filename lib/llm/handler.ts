/** OpenAI's API as a function from a request to a response, over an engine that answers one at a time. */
import { ApiError } from "./api_error.ts";
import { type ChatRequest, parseChatRequest } from "./chat_request.ts";
import { embeddingsAnswer, parseEmbeddingsRequest } from "./embeddings_request.ts";
import type { Engine, Generated } from "./engine.ts";
import { createQueue } from "./queue.ts";
import { plainMessages, type ToolCall, toolCallsIn, toolsOf } from "./tool_calls.ts";

/** A function in the place of `fetch`. */
export type FetchHandler = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * An OpenAI-compatible server without a port: `POST …/chat/completions` (streamed or not), `POST …/embeddings`,
 * `GET …/models`. Give it to the client (`new OpenAI({ fetch: handler, … })`), or to `Deno.serve`. One request is
 * answered at a time; the others wait in their order.
 *
 * @param engine Gives the model that answers. It is asked for at the first request that needs it, so that nothing is
 *   loaded before.
 * @returns The handler. It rejects only when the request's own signal aborts, as `fetch` does; every other failure is
 *   an answer with OpenAI's error object.
 */
export function createHandler(engine: { readonly model: string; load(): Promise<Engine> }): FetchHandler {
  const queue = createQueue();
  let contextSize: number | undefined;
  return async (input, init) => {
    const request = new Request(input, init);
    try {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith("/models")) return only("GET", request, () => models(engine.model, contextSize));
      if (pathname.endsWith("/chat/completions")) return await only("POST", request, () => chat(request));
      if (pathname.endsWith("/embeddings")) return await only("POST", request, () => embeddings(request));
      throw new ApiError(
        404,
        `Not found: ${request.method} ${pathname}. Here are /v1/chat/completions, /v1/embeddings and /v1/models.`,
      );
    } catch (error) {
      request.signal.throwIfAborted();
      return errorResponse(error);
    }
  };

  async function chat(request: Request): Promise<Response> {
    const asked = parseChatRequest(await request.text());
    checkModel(asked.model);
    const loaded = await load();
    const maxTokens = await roomFor(asked, loaded);
    const run = (onText: (text: string) => void, signal: AbortSignal) =>
      queue(() => loaded.generate(asked, { onText, signal, maxTokens }), signal);
    return asked.stream ? streamed(asked, run, request.signal) : whole(asked, await run(() => {}, request.signal));
  }

  async function embeddings(request: Request): Promise<Response> {
    const asked = parseEmbeddingsRequest(await request.text());
    checkModel(asked.model);
    const loaded = await load();
    return embeddingsAnswer(asked, await queue(() => loaded.embed(asked.input, request.signal), request.signal));
  }

  async function load(): Promise<Engine> {
    const loaded = await engine.load();
    contextSize = loaded.contextSize;
    return loaded;
  }

  function checkModel(model: string): void {
    if (model === engine.model) return;
    const message = `The model "${model}" does not exist; this endpoint has "${engine.model}"`;
    throw new ApiError(404, message, { code: "model_not_found", param: "model" });
  }
}

/** How many tokens may be generated; an overflow is said, never cut off silently. */
async function roomFor(asked: ChatRequest, engine: Engine): Promise<number> {
  const prompt = await engine.countTokens(plainMessages(asked));
  const room = engine.contextSize - prompt;
  if (room < 1) {
    throw new ApiError(
      400,
      `The messages have ${prompt} tokens, and the context of ${engine.model} holds ${engine.contextSize} with the answer`,
      { code: "context_length_exceeded", param: "messages" },
    );
  }
  return Math.min(room, asked.max_completion_tokens ?? asked.max_tokens ?? room);
}

function models(model: string, contextSize: number | undefined): Response {
  // Known once the model is loaded, and called as other servers call it.
  const length = contextSize === undefined ? {} : { context_length: contextSize };
  return Response.json({
    object: "list",
    data: [{ id: model, object: "model", created: 0, owned_by: "embedded", ...length }],
  });
}

/** What the model meant: text, or calls of the request's tools. */
function meaning(asked: ChatRequest, generated: Generated): { content: string | null; calls: ToolCall[]; end: string } {
  const { tools } = toolsOf(asked);
  const calls = tools.length === 0 ? [] : toolCallsIn(generated.text, tools);
  return calls.length === 0
    ? { content: generated.text, calls, end: generated.finishReason }
    : { content: null, calls, end: "tool_calls" };
}

function whole(asked: ChatRequest, generated: Generated): Response {
  const { content, calls, end } = meaning(asked, generated);
  return Response.json({
    ...head(asked, "chat.completion"),
    choices: [{
      index: 0,
      message: { role: "assistant", content, refusal: null, ...(calls.length > 0 && { tool_calls: calls }) },
      finish_reason: end,
      logprobs: null,
    }],
    usage: usage(generated),
  });
}

function streamed(
  asked: ChatRequest,
  run: (onText: (text: string) => void, signal: AbortSignal) => Promise<Generated>,
  signal: AbortSignal,
): Response {
  const same = head(asked, "chat.completion.chunk");
  const encoder = new TextEncoder();
  const cancelled = new AbortController();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const line = (text: string) => {
        if (!cancelled.signal.aborted) controller.enqueue(encoder.encode(`data: ${text}\n\n`));
      };
      const send = (data: unknown) => line(JSON.stringify(data));
      const piece = (delta: unknown, finish_reason: string | null = null) =>
        send({ ...same, choices: [{ index: 0, delta, finish_reason, logprobs: null }] });
      try {
        piece({ role: "assistant", content: "" });
        // Whether it is text or a call shows at its end only.
        const held = toolsOf(asked).tools.length > 0;
        const onText = held ? () => {} : (content: string) => piece({ content });
        const generated = await run(onText, AbortSignal.any([signal, cancelled.signal]));
        const { content, calls, end } = meaning(asked, generated);
        if (calls.length > 0) piece({ tool_calls: calls.map((call, index) => ({ index, ...call })) });
        else if (held) piece({ content });
        piece({}, end);
        if (asked.stream_options?.include_usage) send({ ...same, choices: [], usage: usage(generated) });
        line("[DONE]");
        controller.close();
      } catch (error) {
        if (cancelled.signal.aborted) return;
        if (signal.aborted) return controller.error(signal.reason);
        send(asApiError(error));
        controller.close();
      }
    },
    cancel(reason) {
      cancelled.abort(reason);
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
}

function head(asked: ChatRequest, object: string) {
  const created = Math.floor(Date.now() / 1000);
  return { id: `chatcmpl-${crypto.randomUUID()}`, object, created, model: asked.model };
}

function usage({ promptTokens, completionTokens }: Generated) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

function only<T>(method: string, request: Request, answer: () => T): T {
  if (request.method === method) return answer();
  throw new ApiError(405, `${request.method} is not allowed here; use ${method}`);
}

function errorResponse(error: unknown): Response {
  const answered = asApiError(error);
  return Response.json(answered, { status: answered.status });
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError(500, `The embedded runtime failed: ${reason}`, { cause: error });
}
