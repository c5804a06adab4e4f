/** The command line: `deno task pose COMMAND`, the commands behind the Makefile. */
import { Command, CommanderError, Option } from "commander";
import { type Method, METHODS, RefusedError, type RungName, RUNGS } from "./agent/mod.ts";
import { compare, type CompareOptions } from "./cli/compare.ts";
import { api, type ApiOptions } from "./cli/api.ts";
import { animate, type AnimateOptions } from "./cli/animate.ts";
import { dance, type DanceOptions } from "./cli/dance.ts";
import { danceInCoordinates } from "./cli/dance_in_coordinates.ts";
import { doctor } from "./cli/doctor.ts";
import { draw, type DrawOptions } from "./cli/draw.ts";
import { evaluateSelection } from "./cli/evaluate.ts";
import { type EvaluateRetrievalOptions, evaluateRetrievers, QUERY_SETS } from "./cli/evaluate_retrieval.ts";
import { llm, type LlmOptions } from "./cli/llm.ts";
import { listAllModels, pull, remove, show, use } from "./cli/models.ts";
import { checkPoses } from "./cli/check_poses.ts";
import { listPoses, tellCoverage } from "./cli/poses.ts";
import { search, type SearchOptions } from "./cli/search.ts";
import { EXIT, openTerminal, type Terminal, wholeNumber } from "./cli/terminal.ts";
import { VIEWS } from "./draw/mod.ts";
import { FORMATS } from "./media/mod.ts";
import { DEFAULT_RETRIEVER, ensureEmbedder, RETRIEVERS } from "./retrieve/mod.ts";
import { ensureWeights, modelInstead, namedWeights, wantedModel } from "./llm/mod.ts";

const interrupt = new AbortController();

/** Runs a command with its terminal. */
const run =
  <Arguments extends unknown[]>(command: (terminal: Terminal, ...rest: Arguments) => Promise<void>) =>
  async (...rest: Arguments): Promise<void> => {
    const json = rest.some((value) =>
      typeof value === "object" && value !== null && Reflect.get(value, "json") === true
    );
    await command(openTerminal(json, interrupt.signal), ...rest);
  };

/** The options of `dance`, with the method that is none of the choreographer's. */
type AnyDanceOptions = Omit<DanceOptions, "method"> & { readonly method: Method | "coordinates" };

const EXTENSIONS = FORMATS.map((format) => `.${format}`).join(" ");

const retriever = () =>
  new Option("--retriever <name>", "how descriptions find poses").choices(RETRIEVERS).default(DEFAULT_RETRIEVER);

/** The program with all its commands. */
export function createProgram(): Command {
  const program = new Command("pose")
    .description("A request becomes a dance of a stick figure, over a library of verified poses.")
    .showHelpAfterError("(--help after a command tells its options)")
    .exitOverride()
    .configureOutput({ writeErr: (text) => console.error(text.trimEnd()) });
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).option(
      "--json",
      "one JSON value on stdout, all else on stderr",
      false,
    );

  command("dance <request>", "make the dance that a request asks for, as a GIF or a video; an id asks no model")
    .addOption(
      new Option(
        "--method <name>",
        "describe: a model writes; notation: in direction words; select: it chooses; retrieve: none; " +
          "coordinates: it draws by itself, and what is wrong is shown",
      ).choices([...METHODS, "coordinates"])
        .default("auto"),
    )
    .addOption(retriever())
    .option("--frames <number>", "key poses, 1–120 (default: each move once)", wholeNumber(1, 120))
    .option("--output <file>", `where to (${EXTENSIONS}); the sidecar .json goes beside it (default: outputs/NAME.gif)`)
    .option("--size <pixels>", "width of the picture", wholeNumber(64, 1024), 480)
    .option("--fps <number>", "frames a second, 1–60 (default: the format's own)", wholeNumber(1, 60))
    .option("--stills", "key poses only, without the movement between them: a GIF", false)
    .addOption(new Option("--view <name>", "where from (default: as the poses ask for)").choices(Object.keys(VIEWS)))
    .addOption(new Option("--beside <figure>", "mirror: a teacher who faces the figure, beside it").choices(["mirror"]))
    .option("--seed <number>", "of the model's choices", wholeNumber(0, 2 ** 31 - 1), 1)
    .action(
      run((terminal, request: string, { method, ...options }: AnyDanceOptions) =>
        method === "coordinates"
          ? danceInCoordinates(request, options, terminal)
          : dance(request, { method, ...options }, terminal)
      ),
    );
  command("search <query...>", 'find the poses that a description means; "-" reads a query a line from stdin')
    .option("-k <number>", "results", wholeNumber(1, 100), 5)
    .addOption(retriever())
    .action(run((terminal, queries: string[], options: SearchOptions) => search(queries, options, terminal)));
  command("draw <pose>", 'draw a pose of the library as a PNG; "-" reads a pose as JSON from stdin')
    .option("--output <file>", "where to (default: outputs/POSE.png)")
    .option("--size <pixels>", "width and height", wholeNumber(64, 1024), 480)
    .option("--caption", "the pose's id under it", false)
    .action(run((terminal, id: string, options: DrawOptions) => draw(id, options, terminal)));
  command("animate <file>", 'move through key poses from a JSON file; "-" reads them from stdin')
    .addOption(retriever())
    .option("--output <file>", `where to (${EXTENSIONS}; default: outputs/FILE.gif)`)
    .option("--size <pixels>", "width of the picture", wholeNumber(64, 1024), 480)
    .option("--fps <number>", "frames a second, 1–60 (default: the format's own)", wholeNumber(1, 60))
    .option("--stills", "key poses only, without the movement between them: a GIF", false)
    .addOption(new Option("--view <name>", "where from (default: as the poses ask for)").choices(Object.keys(VIEWS)))
    .addOption(new Option("--beside <figure>", "mirror: a teacher who faces the figure, beside it").choices(["mirror"]))
    .action(run((terminal, file: string, options: AnimateOptions) => animate(file, options, terminal)));
  const poses = program.command("poses").description("what the library holds, and whether a pose file verifies");
  poses.command("list", { isDefault: true }).description("list the poses")
    .option("--theme <name>", "only those of one theme")
    .option("--sheet <file>", "draw them on a contact sheet, a PNG")
    .option("--json", "one JSON value on stdout, all else on stderr", false)
    .action(run((terminal, options: Parameters<typeof listPoses>[0]) => listPoses(options, terminal)));
  poses.command("check <file>").description("verify the poses of a file, or a dance, one line a problem")
    .option("--json", "one JSON value on stdout, all else on stderr", false)
    .option("--sheet <file>", "draw them all on a contact sheet, a PNG, those that fail too")
    .action(
      run((terminal, file: string, options: Parameters<typeof checkPoses>[1]) => checkPoses(file, options, terminal)),
    );
  poses.command("coverage").description("how many poses of each theme hold an arm or a leg in each direction")
    .option("--json", "one JSON value on stdout, all else on stderr", false)
    .action(run((terminal, { json }: { json: boolean }) => tellCoverage(json, terminal)));
  const evaluation = program.command("eval").description("measure the search for poses, or a model's choices");
  evaluation.command("select", { isDefault: true })
    .description("measure the model's choices among dances against retrieval's, on poses/eval/requests.json")
    .option("--output <file>", "where to", "poses/eval/select.json")
    .option("--seed <number>", "of the model's choices", wholeNumber(0, 2 ** 31 - 1), 1)
    .option("--json", "one JSON value on stdout, all else on stderr", false)
    .action(run((terminal, options: Parameters<typeof evaluateSelection>[0]) => evaluateSelection(options, terminal)));
  evaluation.command("retrieval")
    .description("measure how often descriptions find the right pose, on the queries of poses/eval")
    .addOption(
      new Option("--set <name>", "dev: to look at and tune on; test: figures only").choices(QUERY_SETS).default("dev"),
    )
    .addOption(
      new Option("--retriever <name...>", "which (default: all that are there)").choices(RETRIEVERS),
    )
    .option("--misses", "list what was not found, by style; of the development set only", false)
    .option("--output <file>", "write the figures as JSON")
    .option("--chart <file>", "draw them as a chart, a PNG")
    .option("--sheet <file>", "draw six hits and six misses of the development set, a PNG")
    .option("--folder <folder>", "where SET.ru.jsonl and SET.en.jsonl are", "poses/eval")
    .option("--seed <number>", "of the intervals' samples", wholeNumber(0, 2 ** 31 - 1), 1)
    .option("--json", "one JSON value on stdout, all else on stderr", false)
    .action(run((terminal, options: EvaluateRetrievalOptions) => evaluateRetrievers(options, terminal)));
  command("compare", "measure the ways of getting a figure from a model; stopped, it goes on where it was")
    .option("--model <name...>", "an embedded model, ollama:NAME, or LLM_MODEL's (default: what is found)")
    .addOption(
      new Option("--only <rung...>", "which rungs (default: all)").choices(Object.keys(RUNGS) as RungName[]),
    )
    .option("--seeds <number>", "runs of each request, with other seeds", wholeNumber(1, 100), 1)
    .option("--fresh", "forget the runs that were done before", false)
    .option("--report", "ask nothing; tell what the runs that were done say", false)
    .option("--requests <file>", "what is asked", "poses/eval/compare.json")
    .option("--rows <file>", "where the runs are kept, a line each", "outputs/compare/runs.jsonl")
    .option("--output <file>", "write the figures as JSON")
    .option("--chart <file>", "draw them as charts, a PNG")
    .option("--gallery <file>", "draw figures that are no bodies, a PNG")
    .action(run((terminal, options: CompareOptions) => compare(options, terminal)));
  command("weights [name]", "fetch the embedded model's weights, once, or e5: what --retriever embed needs")
    .action(run(async ({ onProgress, signal, say }, name: string | undefined) => {
      if (name === "e5") return say(`Ready: ${(await ensureEmbedder({ onProgress, signal })).graph}`);
      const wanted = name ?? (await wantedModel())?.name;
      const weights = namedWeights(wanted);
      if (name !== undefined && weights === undefined) throw new RefusedError(`"${name}" is no embedded model`);
      const instead = weights === undefined ? await modelInstead({ signal }) : undefined;
      if (instead !== undefined) return say(`No weights needed: ${instead}.`);
      if (weights !== undefined) say(`${weights.name} comes under: ${weights.licence}`);
      say(`Ready: ${await ensureWeights({ onProgress, signal, ...(weights && { weights }) })}`);
    }));
  const models = program.command("models").description("what models are there; fetch, delete, choose one");
  const modelCommand = (usage: string, description: string, isDefault = false) =>
    models.command(usage, { isDefault }).description(description)
      .option("--json", "one JSON value on stdout, all else on stderr", false);
  type Json = { json: boolean };
  modelCommand("list", "list the models of Ollama and of the embedded runtime", true)
    .action(run((terminal, { json }: Json) => listAllModels(json, terminal)));
  modelCommand("pull [name]", "fetch a model (default: the course's, onto Ollama); interrupted, it goes on later")
    .action(run((terminal, name: string | undefined, { json }: Json) => pull(name, json, terminal)));
  modelCommand("rm <name>", "delete a model")
    .action(run((terminal, name: string, { json }: Json) => remove(name, json, terminal)));
  modelCommand("show <name>", "tell about a model")
    .action(run((terminal, name: string, { json }: Json) => show(name, json, terminal)));
  modelCommand("use [name]", "use a model, or the path of a GGUF file, in this checkout from now on")
    .option("--default", "forget it again", false)
    .action(
      run((terminal, name: string | undefined, options: Parameters<typeof use>[1]) => use(name, options, terminal)),
    );
  command("llm", "serve the embedded model on a port, as an OpenAI-compatible endpoint")
    .option("--host <address>", "where to listen (default: HOST, else 127.0.0.1)")
    .option("--port <number>", "port; 0 takes any (default: PORT, else 11533)", wholeNumber(0, 65535))
    .option("--pid-file <file>", "where the process's number stands while it listens")
    .action(run((terminal, options: LlmOptions) => llm(options, terminal)));
  command("api", "serve the Pose API on a port: poses, pictures, analyses, animations, dances")
    .option("--host <address>", "where to listen (default: HOST, else 127.0.0.1)")
    .option("--port <number>", "port; 0 takes any (default: PORT, else 8001)", wholeNumber(0, 65535))
    .action(run((terminal, options: ApiOptions) => api(options, terminal)));
  command("doctor", "what was found on this machine, and what is missing")
    .action(run((terminal, { json }: { json: boolean }) => doctor(json, terminal)));
  return program;
}

/**
 * Runs a command line.
 *
 * @returns its exit code: 0 done, 1 failed, 2 refused before any work, 130 interrupted.
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    if (args.length === 0) {
      program.outputHelp();
      return EXIT.refused;
    }
    await program.parseAsync([...args], { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (interrupt.signal.aborted) {
      console.error("Interrupted; nothing unfinished was left behind.");
      return EXIT.interrupted;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
    console.error(error instanceof Error ? error.message : String(error));
    if (Deno.env.get("POSE_DEBUG")) console.error(error);
    return error instanceof RefusedError ? EXIT.refused : EXIT.failed;
  }
}

if (import.meta.main) {
  let first = 0;
  Deno.addSignalListener("SIGINT", () => {
    if (interrupt.signal.aborted) {
      // `deno task` passes on what the terminal has sent already: only a later one is a person's second.
      if (performance.now() - first > 500) Deno.exit(EXIT.interrupted);
      return;
    }
    first = performance.now();
    interrupt.abort();
    // Native code that loads a model does not hear the signal. Requests that the Pose API answers come to their end.
    Deno.unrefTimer(setTimeout(() => Deno.exit(EXIT.interrupted), Deno.args[0] === "api" ? 12_000 : 1500));
  });
  Deno.exit(await main(Deno.args));
}
