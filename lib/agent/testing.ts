/** A model server on this machine that answers as a test wants it to. */
import { connect, type Connection, environmentOf } from "../llm/mod.ts";

/** A connection over real HTTP to a server that answers each question by its number; what it was asked is kept. */
export async function withServer(
  answer: (question: string, number: number) => Response,
  test: (connect: () => Promise<Connection>, questions: string[]) => Promise<void>,
) {
  const questions: string[] = [];
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { messages } = await request.json();
    questions.push(messages.at(-1).content);
    return answer(messages.at(-1).content, questions.length);
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
export const says = (value: unknown) => {
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
  const text = chunk({ role: "assistant", content: JSON.stringify(value) }) + chunk({}, "stop") + "data: [DONE]\n\n";
  return new Response(text, { headers: { "content-type": "text/event-stream" } });
};
