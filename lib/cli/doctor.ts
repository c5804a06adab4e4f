/** `pose doctor`: what is there, what is missing, and what to type about it. */
import { openBackend } from "../draw/mod.ts";
import { isCached } from "../assets/mod.ts";
import { LibraryError, loadLibrary } from "../library/mod.ts";
import { connect, environmentOf, processEnvironment, SMOLLM2_135M } from "../llm/mod.ts";
import { checkWritable } from "../media/mod.ts";
import type { Terminal } from "./terminal.ts";

/** One thing looked at. */
interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
}

const failure = (error: unknown) => error instanceof Error ? error.message : String(error);

/** Looks at everything that a dance needs, and says what it found. */
export async function doctor(json: boolean, terminal: Terminal): Promise<void> {
  const findings: Finding[] = [];
  const look = async (what: string, find: () => Promise<string>) => {
    try {
      findings.push({ what, ok: true, found: await find() });
    } catch (error) {
      findings.push({ what, ok: false, found: failure(error) });
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
    ok: cached,
    found: cached ? "in .cache" : "not fetched; `make weights` fetches them, once",
  });
  await look("model", async () => {
    const settings = ["OPENAI_BASE_URL", "OPENAI_API_KEY", "OLLAMA_HOST", "LLM_MODEL"];
    const set = Object.fromEntries(settings.flatMap((name) => {
      const value = processEnvironment(name);
      return value === undefined ? [] : [[name, value]];
    }));
    if (!cached && Object.keys(set).length === 0) return "none yet";
    await using connection = await connect({ environment: environmentOf(set) });
    return [connection.endpoint.description, ...connection.endpoint.notes].join("; ");
  });
  if (json) return terminal.json(findings);
  for (const { what, ok, found } of findings) terminal.say(`${ok ? "ok     " : "missing"}  ${what.padEnd(8)} ${found}`);
}
