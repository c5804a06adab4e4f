/** `pose dance`: a request becomes a GIF with its sidecar, told step by step in the request's language. */
import { basename, dirname, extname, join } from "node:path";
import { checkRequest, composeDance, type Dance, type DanceEvent, type Method, motionOfDance } from "../agent/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { connect, type Connection } from "../llm/mod.ts";
import { checkWritable, writeFile } from "../media/mod.ts";
import { language } from "../text/mod.ts";
import { MESSAGES } from "./messages.ts";
import { checkFormat, type MotionFileOptions, saveMotion } from "./save_motion.ts";
import { prepareRetriever, tellRetriever } from "./prepare_retriever.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `pose dance`. */
export interface DanceOptions extends MotionFileOptions {
  readonly method: Method;
  readonly retriever: string;
  readonly frames?: number;
  readonly output?: string;
  readonly seed: number;
  readonly json: boolean;
}

/** Writes what is known of a dance beside its file. @returns the path. */
export async function saveSidecar(path: string, dance: object, signal: AbortSignal): Promise<string> {
  const sidecar = join(dirname(path), `${basename(path, extname(path))}.json`);
  await writeFile(sidecar, JSON.stringify(dance, null, 2) + "\n", signal);
  return sidecar;
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);

/**
 * Makes the dance that a request asks for and saves it.
 *
 * @throws {RefusedError} before any work; {LibraryError}, {LlmError}, {AssetError}, {WriteError} where each fails.
 */
export async function dance(request: string, options: DanceOptions, terminal: Terminal): Promise<void> {
  const started = performance.now();
  const { say, signal } = terminal;
  checkRequest({ request, ...(options.frames !== undefined && { frames: options.frames }) });
  if (options.output !== undefined) {
    checkFormat(options.output, options);
    await checkWritable(dirname(options.output));
  }
  const words = MESSAGES[language(request)];
  say(`${words.request}: ${request.trim()}`);

  let connection: Connection | undefined;
  const stages = { model: 0, choose: 0, search: 0, draw: 0 };
  let loading = 0;
  const onEvent = (event: DanceEvent) => {
    if (event.type === "loading") loading = performance.now();
    if (event.type === "asking" && loading > 0) {
      stages.model += performance.now() - loading;
      loading = 0;
    }
    if (event.type === "stage") {
      stages[event.stage] = event.milliseconds - (event.stage === "choose" ? stages.model : 0);
    }
    if (event.type === "retriever") tellRetriever(event.event, words, terminal);
    else tell(event, words, options.retriever, say);
  };
  await prepareRetriever(options.retriever, signal);
  const library = await loadLibrary();
  try {
    const composed = await composeDance({
      library,
      request,
      method: options.method,
      retriever: options.retriever,
      seed: options.seed,
      signal,
      onEvent,
      ...(options.frames !== undefined && { frames: options.frames }),
      connect: async () => {
        const before = performance.now();
        connection = await connect({ signal, onProgress: terminal.onProgress });
        stages.model += performance.now() - before;
        say(`${words.model}: ${connection.endpoint.description}`);
        for (const note of connection.endpoint.notes) say(`  ${note}`);
        return connection;
      },
    });
    if (composed.model === null) say(`${words.model}: ${words.noModel}`);
    const drawing = performance.now();
    const path = options.output ?? join("outputs", `${composed.choice.id ?? "dance"}.gif`);
    const format = checkFormat(path, options);
    say(words.drawing(composed.frames.length, `${format.toUpperCase()} ${options.size} px`));
    const motion = motionOfDance(composed, library);
    const named = { sidecar: composed, title: composed.request, labels: words.mirror };
    const { bytes } = await saveMotion(motion, path, options, terminal, named);
    stages.draw = performance.now() - drawing;
    // A motion in JSON is its own sidecar.
    const files = format === "json" ? [] : [await saveSidecar(path, composed, signal)];
    const size = `${words.frames(composed.frames.length)}, ${(bytes / 1000).toFixed(0)} kB`;
    say(`${words.saved}: ${[`${path} (${size})`, ...files].join(", ")}`);
    const all = { ...stages, all: performance.now() - started };
    say(
      `${words.time}: ` +
        Object.entries(all).map(([stage, time]) =>
          `${words.stages[stage as keyof typeof all]} ${seconds(time)} ${words.seconds}`
        ).join(", "),
    );
    if (options.json) terminal.json(composed satisfies Dance);
  } finally {
    await connection?.close();
  }
}

/** One line or two for what just happened. */
function tell(
  event: Exclude<DanceEvent, { type: "retriever" }>,
  words: typeof MESSAGES["en" | "ru"],
  retriever: string,
  say: Terminal["say"],
): void {
  switch (event.type) {
    case "loading":
      return say(words.loading(event.model));
    case "asking":
      return say(words.asking[event.for](event.count));
    case "refused":
      return say(`  – ${words.refused[event.refused.reason]}: ${event.refused.description}`);
    case "choice":
      return say(`${words.choice}: ${event.choice.id ?? "–"} (${event.choice.reason})`);
    case "searching":
      return say(`${words.searching(event.total, retriever)}:`);
    case "frame": {
      const { description, pose_id, score, author, composed } = event.frame;
      const number = String(event.index + 1).padStart(String(event.total).length + 2);
      say(`${number}. ${description}`);
      if (composed) {
        return say(`${" ".repeat(number.length + 2)}→ ${words.composed} (${words.nearest}: ${pose_id})`);
      }
      return say(
        `${" ".repeat(number.length + 2)}→ ${pose_id}, ${words.similarity} ${score.toFixed(2)}${
          author === "model" ? ` (${words.author})` : ""
        }`,
      );
    }
  }
}
