/** What the tests against a real Ollama share: its address, and models made from weights that the project has anyway. */
import { Ollama } from "ollama";
import { connect, type Connection, environmentOf, OLLAMA_MODEL } from "../llm/mod.ts";
import { CHATML, createModel } from "./create_model.ts";

export { createModel };

/** Host and port of a real Ollama; `make test` starts one for these tests alone. */
const HOST = Deno.env.get("OLLAMA_TEST_HOST") || undefined;

/** The course's model, as far as its name goes: SmolLM2 with a chat template that knows of tools. */
export const WITH_TOOLS: string = OLLAMA_MODEL;
/** The same weights with a template that does not. */
export const WITHOUT_TOOLS = "smollm2-plain:135m";
/** A name that nothing has. */
export const ABSENT = "absent-model:1b";

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
  for (const [name, template] of [[WITH_TOOLS, TOOLS_TEMPLATE], [WITHOUT_TOOLS, CHATML]] as const) {
    if (!models.some((model) => model.name === name)) await createModel(origin, name, { template });
  }
}
