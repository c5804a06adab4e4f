/** Models on an Ollama that was started for them, made from weights that the project has anyway. */
import { type Asset, fetchAsset } from "../assets/mod.ts";
import { GEMMA3_270M, SMOLLM2_135M } from "../llm/mod.ts";

/** How SmolLM2 learned conversations, without tools. */
export const CHATML = `{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

/** Gemma's, which has no system message: the user says it. */
const GEMMA_TEMPLATE = `{{- range .Messages }}<start_of_turn>{{ if eq .Role "assistant" }}model{{ else }}user{{ end }}
{{ .Content }}<end_of_turn>
{{ end }}<start_of_turn>model
`;

const STOP = new Map<Asset, readonly string[]>([
  [SMOLLM2_135M, ["<|im_end|>", "<|im_start|>"]],
  [GEMMA3_270M, ["<end_of_turn>", "<start_of_turn>"]],
]);

/** What a model is made of. */
export interface ModelParts {
  /** Default: SmolLM2-135M's. */
  readonly weights?: Asset;
  /** How a conversation becomes text (default: the weights' own way, without tools). */
  readonly template?: string;
  /** Ollama's own, such as `num_ctx`. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/**
 * Makes a model. Ollama's client can't: it has no way to give a file.
 *
 * @param origin Ollama's address.
 * @param name The model's.
 * @param parts What it is made of.
 */
export async function createModel(origin: string, name: string, parts: ModelParts = {}): Promise<void> {
  const { weights = SMOLLM2_135M, parameters = {} } = parts;
  const template = parts.template ?? (weights === GEMMA3_270M ? GEMMA_TEMPLATE : CHATML);
  const digest = `sha256:${weights.sha256}`;
  const blob = `${origin}/api/blobs/${digest}`;
  if ((await fetch(blob, { method: "HEAD" })).status === 404) {
    const file = await Deno.open(await fetchAsset(weights));
    await ok(await fetch(blob, { method: "POST", body: file.readable }));
  }
  await ok(
    await fetch(`${origin}/api/create`, {
      method: "POST",
      body: JSON.stringify({
        model: name,
        files: { [weights.name]: digest },
        template,
        license: weights.licence,
        // On a busy machine with two cores two threads are slower than one by far.
        parameters: { num_thread: 1, stop: STOP.get(weights) ?? [], ...parameters },
        stream: false,
      }),
    }),
  );
}

async function ok(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok) throw new Error(`Ollama answers ${response.status}: ${text}`);
}
