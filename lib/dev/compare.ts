/**
 * `make compare`: the embedded models, then the same weights on a real Ollama, each in a process of its own so that its
 * memory is its own; then the figures, the chart and the gallery of all.
 *
 * @module
 */
import { EMBEDDED_MODELS } from "../llm/mod.ts";
import { createModel } from "./create_model.ts";
import { withOllama } from "./ollama.ts";

const INTERRUPTED = 130;
const SHOWCASE = "outputs/showcase/compare";
const REPORT = ["--output", `${SHOWCASE}.json`, "--chart", `${SHOWCASE}.png`, "--gallery", `${SHOWCASE}_gallery.png`];

/** Runs `pose compare`; Ctrl-C in a terminal reaches it too, and it ends by itself. */
async function compare(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pose", "compare", ...args],
    env,
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (code !== 0) throw code;
}

async function compareAll(args: readonly string[]): Promise<void> {
  const chosen = args.includes("--model") || Deno.env.get("LLM_MODEL") || Deno.env.get("OPENAI_BASE_URL");
  if (chosen) return await compare([...args, ...REPORT]);
  const names = Object.keys(EMBEDDED_MODELS);
  const fresh = args.includes("--fresh");
  const rest = args.filter((arg) => arg !== "--fresh");
  for (const [i, name] of names.entries()) {
    await compare(["--model", name, ...(fresh && i === 0 ? ["--fresh"] : []), ...rest]);
  }
  const report = console.error;
  const done = await withOllama({ report }, async (host) => {
    for (const name of names) {
      const weights = EMBEDDED_MODELS[name];
      // Under the embedded model's own name that one would answer.
      const there = name.replace("-", ":");
      if (weights) await createModel(`http://${host}`, there, { weights });
      await compare(["--model", `ollama:${there}`, ...rest], { OLLAMA_HOST: host });
    }
    // While it runs, its version can be told.
    await compare(["--report", ...rest, ...REPORT], { OLLAMA_HOST: host });
  });
  if (done === undefined) return;
  report(`Left out: the models on Ollama, for ${done.missing}.`);
  await compare(["--report", ...rest, ...REPORT]);
}

if (import.meta.main) {
  Deno.addSignalListener("SIGINT", () => {});
  try {
    await compareAll(Deno.args);
  } catch (code) {
    if (typeof code !== "number") throw code;
    if (code === INTERRUPTED) console.error("Every finished run is kept: `make compare` goes on from here.");
    Deno.exit(code);
  }
}
