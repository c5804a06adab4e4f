/**
 * A class asks one Pose API with one embedded model for dances, all at once: `deno task load-class`
 * (`--clients 30 --requests 3`). Each client asks again when its dance has come; no two requests are the same, and every
 * answer is held against what retrieval alone says in this process. Prints the report, which `--output FILE` keeps.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { cpus, loadavg } from "node:os";
import { GifReader } from "omggif";
import { composeDance, type Dance, rankChoreographies } from "../agent/mod.ts";
import { describedPoses, type Library, loadLibrary } from "../library/mod.ts";
import { createRetriever } from "../retrieve/mod.ts";
import { residentMegabytes, startApi } from "./api_load.ts";

/** What is asked once. */
export interface ClassRequest {
  readonly request: string;
  readonly method: "auto" | "select";
  readonly seed: number;
  /** Pixels of the GIF: another one for each, so that it tells whose it is. */
  readonly size: number;
  /** The choreography that is meant. */
  readonly id: string;
}

/** How it fared. */
export interface ClassAnswer {
  /** From the request to its result. */
  readonly seconds: number;
  /** How many were told to be before it, whenever that changed. */
  readonly places: readonly number[];
  readonly model: string | null;
  /** What is wrong with the answer. */
  readonly faults: readonly string[];
}

/** The ways to ask for a dance by its name. */
const ASK = { ru: (name: string) => `Станцуй ${name}`, en: (name: string) => `Please dance ${name}` } as const;

const LEAST_SIZE = 64;

/**
 * Requests that are all different, in both languages; each means one choreography clearly, whatever a model thinks.
 *
 * @throws {RangeError} when the library has not so many.
 */
export function classRequests(library: Library, count: number): ClassRequest[] {
  const { choreographies: dances } = library;
  const requests: ClassRequest[] = [];
  // Neighbours ask for different dances, in different languages: what is swapped shows.
  for (let i = 0; i < 2 * dances.length && requests.length < count; i++) {
    const [language, shift] = i % 2 === 0 ? ["ru", 0] as const : ["en", dances.length >> 1] as const;
    const dance = dances[((i >> 1) + shift) % dances.length];
    if (!dance) continue;
    const request = ASK[language](dance.name[language]);
    const { first, clear } = rankChoreographies(library, request);
    if (!clear || first?.id !== dance.id) continue;
    const n = requests.length;
    requests.push({
      id: dance.id,
      request,
      method: n % 3 === 2 ? "auto" : "select",
      seed: n + 1,
      size: LEAST_SIZE + n,
    });
  }
  if (requests.length < count) {
    throw new RangeError(`Cannot ask for ${count} different dances: ${requests.length} are known`);
  }
  return requests;
}

/** Asks for a dance and listens to its events. */
export async function askForDance(url: string, asked: ClassRequest, expected: Dance): Promise<ClassAnswer> {
  const { id: _, ...body } = asked;
  const began = performance.now();
  const places: number[] = [];
  let result: { dance: Dance; gif: string } | undefined;
  let problem: unknown;
  try {
    const response = await fetch(`${url}/dances`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", accept: "text/event-stream" },
    });
    if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
    let text = "";
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + part).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, event, data = ""] = block.match(/^event: (.*)\ndata: (.*)$/) ?? [];
        if (event === "queued") places.push(JSON.parse(data).before);
        else if (event === "result") result = JSON.parse(data);
        else if (event === "problem") problem = JSON.parse(data);
      }
    }
  } catch (error) {
    problem = String(error);
  }
  const faults = result ? faultsOf(asked, expected, result) : [`no dance comes: ${JSON.stringify(problem)}`];
  if (places.some((place, i) => i > 0 && place > (places[i - 1] ?? 0))) faults.push(`the places told go up: ${places}`);
  return {
    seconds: (performance.now() - began) / 1000,
    places,
    model: result?.dance.model ?? null,
    faults: faults.map((fault) => `"${asked.request}": ${fault}`),
  };
}

function faultsOf(
  { request, id, size, seed }: ClassRequest,
  expected: Dance,
  { dance, gif }: { dance: Dance; gif: string },
) {
  const faults: string[] = [];
  if (dance.request !== request || dance.seed !== seed) faults.push(`the answer is to "${dance.request}"`);
  if (dance.choice.id !== id) faults.push(`the dance is ${dance.choice.id}`);
  const ids = (of: Dance) => of.frames.map(({ pose_id }) => pose_id).join(" ");
  if (ids(dance) !== ids(expected)) faults.push(`its poses are ${ids(dance)}, not ${ids(expected)}`);
  const picture = new GifReader(Uint8Array.fromBase64(gif));
  if (picture.width !== size) faults.push(`the GIF is ${picture.width} pixels wide, not ${size}`);
  if (picture.numFrames() <= expected.frames.length) faults.push(`the GIF has ${picture.numFrames()} frames`);
  const shown = Array.from({ length: picture.numFrames() }, (_, i) => picture.frameInfo(i).delay / 100);
  const [plays, lasts] = [shown, expected.frames.map(({ seconds }) => seconds)].map((all) =>
    all.reduce((a, b) => a + b)
  );
  if (Math.abs((plays ?? 0) - (lasts ?? 0)) > 0.05) faults.push(`the GIF plays ${plays} s, not ${lasts}`);
  return faults;
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      clients: { type: "string", default: "30" },
      requests: { type: "string", default: "3" },
      output: { type: "string" },
    },
  });
  const [clients, each] = [Number(values.clients), Number(values.requests)];
  const library = await loadLibrary();
  const requests = classRequests(library, clients * each);
  const expected: Dance[] = [];
  {
    await using retriever = await createRetriever("hybrid", describedPoses(library));
    for (const { request } of requests) {
      expected.push(await composeDance({ library, request, retriever, method: "retrieve" }));
    }
  }
  await using api = await startApi({ LLM_MODEL: "smollm2-135m" });
  const memory = [await residentMegabytes(api.url)];
  const watch = setInterval(() => residentMegabytes(api.url).then((megabytes) => memory.push(megabytes)), 2000);
  const start = performance.now();
  const answers = (await Promise.all(Array.from({ length: clients }, async (_, client) => {
    const mine: ClassAnswer[] = [];
    for (let i = client * each; i < (client + 1) * each; i++) {
      const [asked, right] = [requests[i], expected[i]];
      if (asked && right) mine.push(await askForDance(api.url, asked, right));
    }
    return mine;
  }))).flat();
  clearInterval(watch);
  const rounded = (value: number) => Number(value.toFixed(1));
  const waits = answers.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const at = (share: number) => rounded(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN);
  const third = Math.ceil(memory.length / 3);
  const report = {
    about: "So many clients ask one Pose API for dances at once, each again when its own has come; one embedded model.",
    clients,
    requests: answers.length,
    right: answers.filter(({ faults }) => faults.length === 0).length,
    faults: answers.flatMap(({ faults }) => faults).slice(0, 10),
    models: [...new Set(answers.map(({ model }) => model))],
    seconds: rounded((performance.now() - start) / 1000),
    wait: { p50: at(0.5), p95: at(0.95), longest: at(1) },
    queue: {
      told: answers.filter(({ places }) => places.length > 0).length,
      longest: Math.max(...answers.flatMap(({ places }) => places)),
    },
    megabytes: {
      before: memory[0],
      most: Math.max(...memory),
      "most of the first third": Math.max(...memory.slice(0, third)),
      "most of the last third": Math.max(...memory.slice(-third)),
    },
    machine: { processor: cpus()[0]?.model.trim(), cores: cpus().length, loadAverage: loadavg().map(rounded) },
  };
  const text = JSON.stringify(report, null, 2);
  console.log(text);
  if (values.output !== undefined) await Deno.writeTextFile(values.output, `${text}\n`);
  Deno.exitCode = report.right === clients * each ? 0 : 1;
}
