/** `pose doctor`: what is there, what is missing, and what to type about it. */
import { openBackend } from "../draw/mod.ts";
import { isCached } from "../assets/mod.ts";
import { LibraryError, loadLibrary } from "../library/mod.ts";
import {
  type Capabilities,
  capabilities,
  connect,
  listModels,
  modelInstead,
  OLLAMA_MODEL,
  ollamaOriginOf,
  ollamaVersion,
  processEnvironment,
  rememberedModel,
  SMOLLM2_135M,
} from "../llm/mod.ts";
import { checkWritable } from "../media/mod.ts";
import { isEmbedderCached } from "../retrieve/mod.ts";
import type { Terminal } from "./terminal.ts";

/** One thing looked at. */
interface Finding {
  readonly what: string;
  /** `none`: not there, and nothing is amiss without it. */
  readonly state: "ok" | "none" | "missing";
  readonly found: string;
}

const failure = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Looks at everything that a dance needs, and says what it found. */
export async function doctor(json: boolean, terminal: Terminal): Promise<void> {
  const findings: Finding[] = [];
  const look = async (what: string, find: () => Promise<string | { readonly none: string }>) => {
    try {
      const found = await find();
      findings.push(
        typeof found === "string" ? { what, state: "ok", found } : { what, state: "none", found: found.none },
      );
    } catch (error) {
      findings.push({ what, state: "missing", found: failure(error) });
    }
  };
  const { deno } = Deno.version;
  await look("deno", () => Promise.resolve(`${deno} on ${Deno.build.target}`));
  await look("canvas", async () => {
    const { name, fallback } = await openBackend();
    return fallback === undefined ? name : `${name} (${fallback})`;
  });
  await look("library", async () => {
    try {
      const library = await loadLibrary();
      return `${library.poses.length} verified poses, ${library.choreographies.length} dances`;
    } catch (error) {
      throw error instanceof LibraryError ? new Error(error.problems.join("; "), { cause: error }) : error;
    }
  });
  await look("outputs", async () => {
    await checkWritable("outputs");
    return "can be written";
  });
  const cached = await isCached(SMOLLM2_135M);
  findings.push({
    what: "weights",
    state: cached ? "ok" : "missing",
    found: cached ? "in .cache" : "not fetched; `make weights` fetches them, once",
  });
  // Their absence is no fault: only one retriever needs them.
  await look(
    "embed",
    async () =>
      await isEmbedderCached()
        ? "multilingual-e5-small and onnxruntime-node in .cache"
        : { none: "not fetched; `make embeddings` fetches what --retriever embed needs, once" },
  );
  await look("ollama", async () => {
    const origin = ollamaOriginOf(processEnvironment);
    const version = await ollamaVersion(origin, terminal.signal);
    if (version === undefined) return { none: `not running at ${origin}; the embedded model does without` };
    const models = (await listModels({ signal: terminal.signal })).map(({ name }) => name);
    const has = models.includes(OLLAMA_MODEL) ? "" : `; \`make pull\` fetches ${OLLAMA_MODEL}`;
    return `${version} at ${origin}, models: ${models.join(", ") || "none"}${has}`;
  });
  const settings = ["OPENAI_BASE_URL", "OLLAMA_HOST", "LLM_MODEL"];
  const chosen = settings.some((name) => processEnvironment(name)?.trim()) || await rememberedModel() !== undefined;
  if (!cached && !chosen && await modelInstead({ signal: terminal.signal }) === undefined) {
    findings.push({ what: "model", state: "none", found: "none yet" });
  } else {
    let can: Capabilities | Error | undefined;
    await look("model", async () => {
      await using connection = await connect({ signal: terminal.signal });
      can = await capabilities(connection, { signal: terminal.signal }).catch((error) => error);
      return [connection.endpoint.description, ...connection.endpoint.notes].join("; ");
    });
    if (can !== undefined) {
      const found = can instanceof Error ? can.message : abilities(can);
      findings.push({ what: "it can", state: can instanceof Error ? "missing" : "ok", found });
    }
  }
  if (json) return terminal.json(findings);
  for (const { what, state, found } of findings) terminal.say(`${state.padEnd(7)}  ${what.padEnd(8)} ${found}`);
}

/** What an endpoint can do, and what not, in a line. */
function abilities({ jsonSchema, tools, embeddings, contextLength }: Capabilities): string {
  const can = { "keep to a JSON schema": jsonSchema, "call tools": tools, "embed text": embeddings };
  const said = Object.entries(can).map(([what, able]) => able ? what : `not ${what}`).join(", ");
  return `${said}; context: ${contextLength === null ? "not told" : `${contextLength} tokens`}`;
}
