/** `pose llm`: the embedded runtime as an OpenAI-compatible server on a port. */
import { dirname, join } from "node:path";
import { assetsFolder, isCached } from "../assets/mod.ts";
import {
  createEmbedded,
  EMBEDDED_MODELS,
  LLM_PORT,
  namedWeights,
  serveLlm,
  SMOLLM2_135M,
  wantedModel,
  weightsAt,
} from "../llm/mod.ts";
import { fetchWeights } from "./fetch_weights.ts";
import { aborted, endSignal, portOf, type Terminal } from "./terminal.ts";

/** The options of `pose llm`. */
export interface LlmOptions {
  readonly host?: string;
  readonly port?: number;
  readonly pidFile?: string;
  readonly json: boolean;
}

/**
 * Serves until Ctrl-C or SIGTERM; requests are told on stderr, a line each.
 *
 * @throws {RefusedError} when PORT is no port; {Error} when the port is taken.
 */
export async function llm(options: LlmOptions, terminal: Terminal): Promise<void> {
  const hostname = options.host ?? (Deno.env.get("HOST")?.trim() || "127.0.0.1");
  const port = options.port ?? portOf(Deno.env.get("PORT")?.trim(), LLM_PORT);
  const ended = aborted(endSignal(terminal.signal));
  const embedded = createEmbedded({ modelPath: await modelPath(terminal) });
  await using server = listen(embedded, hostname, port);
  await embedded.load();
  try {
    if (options.pidFile !== undefined) {
      await Deno.mkdir(dirname(options.pidFile), { recursive: true });
      await Deno.writeTextFile(options.pidFile, `${Deno.pid}\n`);
    }
    if (options.json) terminal.json({ base_url: server.baseUrl, model: embedded.model });
    terminal.say(`${embedded.model} answers at ${server.baseUrl} (Ctrl-C ends it). Elsewhere:`);
    terminal.say(`  export OPENAI_BASE_URL=${server.baseUrl}`);
    await ended;
  } finally {
    if (options.pidFile !== undefined) await Deno.remove(options.pidFile).catch(() => {});
  }
  terminal.say("Stopped.");
}

function listen(embedded: ReturnType<typeof createEmbedded>, hostname: string, port: number) {
  try {
    return serveLlm(embedded, {
      hostname,
      port,
      onRequest: ({ method, path, status, ms }) => console.error(`${method} ${path} ${status} ${ms.toFixed(0)} ms`),
    });
  } catch (error) {
    const at = `${hostname}:${port}`;
    if (error instanceof Deno.errors.AddrInUse) {
      const todo = "Choose another (PORT=11600), or stop what listens there (`make stop`, if it is one of ours)";
      throw new Error(`Cannot serve at ${at}: the port is taken. ${todo}.`, { cause: error });
    }
    throw new Error(`Cannot serve at ${at}: ${error instanceof Error ? error.message : error}.`, { cause: error });
  }
}

/** The weights that are wanted, where they are any; a model on Ollama is Ollama's to serve. */
async function modelPath({ say, signal }: Terminal): Promise<string> {
  const wanted = await wantedModel();
  if (wanted !== undefined && /\.gguf$/i.test(wanted.name)) return await weightsAt(wanted.name, wanted.from);
  const [first = ""] = Object.keys(EMBEDDED_MODELS);
  const named = namedWeights(wanted?.name);
  if (wanted !== undefined && named === undefined) {
    const names = Object.keys(EMBEDDED_MODELS).join(", ");
    say(`${wanted.name} (${wanted.from}) is not served: it is neither a GGUF file nor one of ${names}.`);
  }
  const weights = named ?? SMOLLM2_135M;
  if (!(await isCached(weights))) await fetchWeights(named && wanted ? wanted.name : first, signal);
  return join(assetsFolder(), weights.name);
}
