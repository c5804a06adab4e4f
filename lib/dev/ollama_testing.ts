/** What the tests against a real Ollama share: its address, and models made from weights that the project has anyway. */
import { Ollama } from "ollama";
import { fetchAsset } from "../assets/mod.ts";
import { connect, type Connection, environmentOf, OLLAMA_MODEL, SMOLLM2_135M } from "../llm/mod.ts";

/** Host and port of a real Ollama; `make test` starts one for these tests alone. */
const HOST = Deno.env.get("OLLAMA_TEST_HOST") || undefined;

/** The course's model, as far as its name goes: SmolLM2 with a chat template that knows of tools. */
export const WITH_TOOLS: string = OLLAMA_MODEL;
/** The same weights with a template that does not. */
export const WITHOUT_TOOLS = "smollm2-plain:135m";
/** A name that nothing has. */
export const ABSENT = "absent-model:1b";

const PLAIN_TEMPLATE = `{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

/** Qwen2.5's, shortened. */
const TOOLS_TEMPLATE = `{{- if .Tools }}<|im_start|>system
You may call one of these functions:
<tools>
{{- range .Tools }}
{"type": "function", "function": {{ .Function }}}
{{- end }}
</tools>
For a call answer with <tool_call>{"name": <name>, "arguments": <arguments>}</tool_call> alone.<|im_end|>
{{ end }}
{{- range .Messages }}<|im_start|>{{ if eq .Role "tool" }}user{{ else }}{{ .Role }}{{ end }}
{{ .Content }}
{{- range .ToolCalls }}
<tool_call>{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}</tool_call>
{{- end }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

/** A real Ollama, as a test sees it. */
export interface RealOllama {
  /** Host and port, as OLLAMA_HOST has them. */
  readonly host: string;
  /** The same as an address. */
  readonly origin: string;
  /** Its own client. */
  readonly ollama: Ollama;
}

/**
 * A test against a real Ollama that has {@linkcode WITH_TOOLS} and {@linkcode WITHOUT_TOOLS}. Without one it is ignored,
 * and says why.
 *
 * @param name What holds.
 * @param test Shows it.
 */
export function ollamaTest(name: string, test: (real: RealOllama) => Promise<void>): void {
  const ignore = HOST === undefined;
  Deno.test({
    name: ignore ? `${name} (ignored: OLLAMA_TEST_HOST names no Ollama; make test starts one)` : name,
    ignore,
    async fn() {
      if (HOST === undefined) return;
      const origin = `http://${HOST}`;
      await ensureModels(origin);
      await test({ host: HOST, origin, ollama: new Ollama({ host: origin }) });
    },
  });
}

/** Connects as a user's settings would, and to nothing else. */
export function connectTo(host: string, model?: string): Promise<Connection> {
  return connect({ environment: environmentOf({ OLLAMA_HOST: host, ...(model && { LLM_MODEL: model }) }) });
}

/** Makes the two models, if they aren't there. */
async function ensureModels(origin: string): Promise<void> {
  const { models } = await (await fetch(`${origin}/api/tags`)).json() as { models: { name: string }[] };
  for (const [name, template] of [[WITH_TOOLS, TOOLS_TEMPLATE], [WITHOUT_TOOLS, PLAIN_TEMPLATE]] as const) {
    if (!models.some((model) => model.name === name)) await createModel(origin, name, {}, template);
  }
}

/**
 * Makes a model out of the embedded runtime's weights. The client can't: it has no way to give a file.
 *
 * @param origin Ollama's address.
 * @param name The model's.
 * @param parameters Ollama's own for it, such as `num_ctx`.
 * @param template How a conversation becomes text (default: without tools).
 */
export async function createModel(
  origin: string,
  name: string,
  parameters: Readonly<Record<string, number>> = {},
  template: string = PLAIN_TEMPLATE,
): Promise<void> {
  const digest = `sha256:${SMOLLM2_135M.sha256}`;
  const blob = `${origin}/api/blobs/${digest}`;
  if ((await fetch(blob, { method: "HEAD" })).status === 404) {
    const weights = await Deno.open(await fetchAsset(SMOLLM2_135M));
    await ok(await fetch(blob, { method: "POST", body: weights.readable }));
  }
  await ok(
    await fetch(`${origin}/api/create`, {
      method: "POST",
      body: JSON.stringify({
        model: name,
        files: { [SMOLLM2_135M.name]: digest },
        template,
        license: SMOLLM2_135M.licence,
        // On a busy machine with two cores two threads are slower than one by far.
        parameters: { num_thread: 1, stop: ["<|im_end|>", "<|im_start|>"], ...parameters },
        stream: false,
      }),
    }),
  );
}

async function ok(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok) throw new Error(`Ollama answers ${response.status}: ${text}`);
}
