/** The model that a user chose, for this run or for all to come. */
import { dirname, join } from "node:path";
import { checkoutFolder, readTextIfAny } from "../assets/mod.ts";
import { type Environment, processEnvironment, read } from "./environment.ts";
import { LlmError } from "./llm_error.ts";

/** A model that the user asked for. */
export interface WantedModel {
  /** A name on Ollama, a name of an embedded model, or the path of a GGUF file. */
  readonly name: string;
  /** Where it was asked for, for messages. */
  readonly from: "LLM_MODEL" | "`pose models use`";
}

/** Where the settings are. */
export interface WantedModelOptions {
  /** Where LLM_MODEL is read (default: this process's environment variables). */
  readonly environment?: Environment;
  /** File of the remembered model (default: the checkout's; none where `environment` is given). */
  readonly choiceFile?: string;
}

/**
 * The file that remembers a model for this checkout: `.cache/model.json`, or what POSE_MODEL_FILE names.
 *
 * @param environment Where POSE_MODEL_FILE is read.
 */
export function choiceFile(environment: Environment = processEnvironment): string {
  return read(environment, "POSE_MODEL_FILE") ?? join(checkoutFolder(), ".cache", "model.json");
}

/**
 * Which model the user asked for: LLM_MODEL, else the remembered one.
 *
 * @param options Where the settings are.
 * @returns Nothing when none was asked for: the default is meant.
 * @throws {LlmError} `unreachable` when the file that remembers can't be read.
 */
export async function wantedModel(options: WantedModelOptions = {}): Promise<WantedModel | undefined> {
  const set = read(options.environment ?? processEnvironment, "LLM_MODEL");
  if (set !== undefined) return { name: set, from: "LLM_MODEL" };
  const file = options.choiceFile ?? (options.environment === undefined ? choiceFile() : undefined);
  const name = file === undefined ? undefined : await rememberedModel(file);
  return name === undefined ? undefined : { name, from: "`pose models use`" };
}

/**
 * The model that {@linkcode rememberModel} wrote down.
 *
 * @param file Where.
 * @throws {LlmError} `unreachable` when the file holds something else.
 */
export async function rememberedModel(file: string = choiceFile()): Promise<string | undefined> {
  const text = await readTextIfAny(file);
  if (text === undefined) return undefined;
  try {
    const { model } = JSON.parse(text);
    if (typeof model === "string" && model !== "") return model;
  } catch {
    // Said below.
  }
  throw new LlmError("unreachable", `Cannot read which model to use: "${file}" is damaged. Delete it.`);
}

/**
 * Remembers a model for this checkout; LLM_MODEL and OPENAI_BASE_URL still come first.
 *
 * @param name The model; nothing forgets what was remembered.
 * @param file Where.
 */
export async function rememberModel(name: string | undefined, file: string = choiceFile()): Promise<void> {
  if (name === undefined) {
    await Deno.remove(file).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    return;
  }
  await Deno.mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  await Deno.writeTextFile(fresh, JSON.stringify({ model: name }) + "\n");
  await Deno.rename(fresh, file);
}
