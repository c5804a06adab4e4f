/** What the tests of this folder share: servers that behave in a given way, for the time of one test. */

/** Answers of an endpoint, by path. */
export type Answers = (request: Request, path: string, body: string) => Response | Promise<Response>;

/** A request that a server saw. */
export interface SeenRequest {
  readonly path: string;
  readonly body: string;
  readonly authorization: string | null;
}

/**
 * Runs a real HTTP server on this machine while a test runs.
 *
 * @param answer What it answers.
 * @param test Gets its origin and, as they come, the requests that it saw.
 */
export async function withServer(answer: Answers, test: (origin: string, seen: SeenRequest[]) => Promise<void>) {
  const seen: SeenRequest[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const path = new URL(request.url).pathname;
    const body = await request.text();
    seen.push({ path, body, authorization: request.headers.get("authorization") });
    return await answer(request, path, body);
  });
  try {
    await test(`http://127.0.0.1:${server.addr.port}`, seen);
  } finally {
    await server.shutdown();
  }
}

/** An origin where nothing listens. */
export function deadOrigin(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return `http://127.0.0.1:${port}`;
}

/**
 * A streamed chat completion as an OpenAI-compatible server sends it.
 *
 * @param pieces The text, in pieces.
 * @param end How it ends: the finish reason, whether it ends at all, usage.
 */
export function sse(pieces: string[], end: { finish?: string | null; usage?: object; done?: boolean } = {}): Response {
  const { finish = "stop", usage, done = true } = end;
  const chunk = (delta: object, finish_reason: string | null) => ({
    id: "x",
    object: "chat.completion.chunk",
    created: 0,
    model: "m",
    choices: [{ index: 0, delta, finish_reason }],
  });
  const events: unknown[] = pieces.map((content) => chunk({ content }, null));
  if (finish !== null) events.push(chunk({}, finish));
  if (usage !== undefined) events.push({ ...chunk({}, null), choices: [], usage });
  const lines = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  return new Response(lines + (done ? "data: [DONE]\n\n" : ""), { headers: { "content-type": "text/event-stream" } });
}
