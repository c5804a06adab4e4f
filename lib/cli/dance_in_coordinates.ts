/** `pose dance --method coordinates`: a model draws by itself, in tool calls, and what is wrong is said and shown. */
import { basename, dirname, extname, join } from "node:path";
import { checkRequest, coordinates, RefusedError, type RungResult } from "../agent/mod.ts";
import { connect } from "../llm/mod.ts";
import { checkWritable, drawOutsideAnimation, writeFile } from "../media/mod.ts";
import { validate } from "../skeleton/mod.ts";
import { language } from "../text/mod.ts";
import { type DanceOptions, saveSidecar } from "./dance.ts";
import { MESSAGES } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

const USUAL_FRAMES = 4;
const MOST_FRAMES = 24;
/** Seconds that a figure shows: its marks are to be read. */
const SECONDS = 1.5;
/** Faults of a figure that are said; all of them are in the sidecar. */
const MOST_FAULTS = 4;
/** Characters of what a model wrote instead of a figure. */
const EXCERPT = 160;

/** A model was asked and gave nothing that could be drawn. */
class NoFigureError extends Error {
  override name = "NoFigureError";
}

/**
 * Whether a dance in coordinates can be saved under a name.
 *
 * @throws {RefusedError} if it is no GIF's; {WriteError} if its folder can't be written.
 */
async function checkOutput(output: string): Promise<void> {
  if (extname(output).toLowerCase() !== ".gif") {
    throw new RefusedError(`Cannot save a dance as "${basename(output)}": its name must end in .gif`);
  }
  await checkWritable(dirname(output));
}

/**
 * Has a model draw what a request asks for in coordinates, and saves it with all that is wrong with it.
 *
 * @throws {RefusedError} before any work; {NoFigureError} when nothing that came can be drawn, with what it was; {LlmError},
 *   {AssetError}, {WriteError} where each fails.
 */
export async function danceInCoordinates(
  request: string,
  options: Omit<DanceOptions, "method" | "fps" | "stills" | "beside">,
  { say, json, count, onProgress, signal }: Terminal,
): Promise<void> {
  const { frames = USUAL_FRAMES, output = join("outputs", "animation.gif"), size, seed, view } = options;
  checkRequest({ request, frames });
  if (frames > MOST_FRAMES) {
    throw new RefusedError(`Cannot ask for ${frames} figures in coordinates, a call each: at most ${MOST_FRAMES}`);
  }
  await checkOutput(output);
  const all = MESSAGES[language(request)];
  const words = all.coordinates;
  say(`${all.request}: ${request.trim()}`);
  await using connection = await connect({ signal, onProgress });
  say(`${all.model}: ${connection.endpoint.description}`);
  for (const note of connection.endpoint.notes) say(`  ${note}`);
  say(words.asking(frames));
  const wrote = new Map<number, string>();
  const result = await coordinates({
    request,
    frames,
    seed,
    connection,
    signal,
    onStep(step, figure) {
      if (step.type === "message" && step.role === "assistant" && step.content !== "") wrote.set(figure, step.content);
      if (step.type === "stopped") count(all.counting, figure, frames);
    },
  });
  const excerpt = (figure: number) =>
    `${words.none}; ${words.wrote}: “${(wrote.get(figure) ?? "").replace(/\s+/g, " ").trim().slice(0, EXCERPT)}”`;
  if (result.frames.length === 0) {
    const tried = Array.from({ length: frames }, (_, i) => `${i + 1}. ${excerpt(i + 1)}`);
    throw new NoFigureError(`Nothing that ${connection.model} answered can be drawn.\n${tried.join("\n")}`);
  }
  const figures = judged(result, request);
  const isThere = ({ pose }: typeof figures[number]) => Object.keys(pose.joints).length > 0;
  const verdict = (figure: typeof figures[number]) =>
    !isThere(figure) ? words.none : figure.faults.length === 0 ? words.valid : words.fault(figure.faults.length);
  for (const [i, figure] of figures.entries()) {
    const { faults } = figure;
    say(`${String(i + 1).padStart(3)}. ${isThere(figure) ? verdict(figure) : excerpt(i + 1)}`);
    if (!isThere(figure)) continue;
    for (const { message } of faults.slice(0, MOST_FAULTS)) say(`       ${message}`);
    if (faults.length > MOST_FAULTS) say(`       … +${faults.length - MOST_FAULTS}`);
  }
  const valid = figures.filter(({ faults }) => faults.length === 0).length;
  say(words.sum(valid, figures.length));
  const gif = await drawOutsideAnimation(
    figures.map((figure) => ({ pose: figure.pose, seconds: SECONDS, caption: verdict(figure) })),
    { size, signal, ...(view !== undefined && { view }) },
  );
  const { schemaValid, tokens, seconds, trace, failure } = result;
  const dance = {
    request,
    method: "coordinates",
    retriever: null,
    model: connection.model,
    seed,
    schemaValid,
    valid,
    ...(failure !== undefined && { failure }),
    tokens,
    seconds,
    frames: figures,
    trace,
  };
  await writeFile(output, gif, signal);
  const sidecar = await saveSidecar(output, dance, signal);
  say(`${all.saved}: ${output} (${all.frames(figures.length)}, ${(gif.length / 1000).toFixed(0)} kB), ${sidecar}`);
  say(`${all.time}: ${seconds.toFixed(0)} ${all.seconds}, ${tokens.prompt} + ${tokens.completion} tokens`);
  if (options.json) json(dance);
}

/** The figures with what is wrong with each. */
const judged = ({ frames }: RungResult, description: string) =>
  frames.map((pose) => ({ description, pose_id: null, score: null, pose, faults: validate(pose).faults }));
