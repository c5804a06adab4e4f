/** A model server on this machine that answers as a test wants it to. */
import { connect, type Connection, environmentOf } from "../llm/mod.ts";

/** What a request asks. */
export interface AskedBody {
  readonly messages: readonly {
    readonly role: string;
    readonly content: string;
    readonly tool_calls?: readonly { readonly function: { readonly name: string; readonly arguments: string } }[];
  }[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

/** A connection over real HTTP to a server that answers each question by its number; what it was asked is kept. */
export async function withServer(
  answer: (question: string, number: number, body: AskedBody) => Response | Promise<Response>,
  test: (connect: () => Promise<Connection>, questions: string[]) => Promise<void>,
) {
  const questions: string[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    // The list of models: this server has none to tell of.
    if (request.method === "GET") return new Response(null, { status: 404 });
    const body: AskedBody = await request.json();
    const question = body.messages.at(-1)?.content ?? "";
    questions.push(question);
    return await answer(question, questions.length, body);
  });
  const environment = environmentOf({
    OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
    LLM_MODEL: "test-model",
  });
  let connection: Connection | undefined;
  try {
    await test(async () => connection = await connect({ environment, maxRetries: 0 }), questions);
  } finally {
    await connection?.close();
  }
}

/** A streamed answer, as an OpenAI-compatible server gives it, that holds a value as JSON. */
export const says = (value: unknown): Response => writes(JSON.stringify(value));

/**
 * A streamed answer of any text.
 *
 * @param finish `length`: the token limit ended it; null: the connection did.
 */
export const writes = (text: string, finish: "stop" | "length" | null = "stop"): Response =>
  streams({ role: "assistant", content: text }, finish);

/** A streamed answer that calls tools, each given as its name and its arguments: an object, or text as it is. */
export const callsTools = (...calls: readonly (readonly [name: string, args: unknown])[]): Response =>
  streams({
    role: "assistant",
    content: null,
    tool_calls: calls.map(([name, args], index) => ({
      index,
      id: crypto.randomUUID(),
      type: "function",
      function: { name, arguments: typeof args === "string" ? args : JSON.stringify(args) },
    })),
  }, "tool_calls");

function streams(delta: unknown, finish: string | null): Response {
  const chunk = (delta: unknown, finish_reason: string | null = null) =>
    `data: ${
      JSON.stringify({
        id: "1",
        object: "chat.completion.chunk",
        created: 0,
        model: "test-model",
        choices: [{ index: 0, delta, finish_reason }],
      })
    }\n\n`;
  const end = finish === null ? "" : chunk({}, finish) + "data: [DONE]\n\n";
  return new Response(chunk(delta) + end, { headers: { "content-type": "text/event-stream" } });
}
