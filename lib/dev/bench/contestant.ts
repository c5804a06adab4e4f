/** A process that takes part in a bench: ours or a peer's, told to work a round at a time. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { z } from "zod";

/** The peers' Python: `make bench` puts it there. */
export const PYTHON = ".cache/peers/bin/python";

/** Deno's arguments for a process of ours, as the tasks of deno.json have them. */
export const DENO_ARGS = [
  "run",
  "--v8-flags=--max-semi-space-size=4",
  "--no-prompt",
  "--allow-read",
  "--allow-write=.cache",
  "--allow-env",
  "--allow-sys",
  "--allow-ffi=node_modules,.cache/onnxruntime",
  "--allow-net=127.0.0.1",
] as const;

/** What both get. */
export const ENVIRONMENT = {
  MALLOC_ARENA_MAX: "1",
  MPLCONFIGDIR: ".cache/peers/matplotlib",
} as const;

/** The command that runs a program of ours (`.ts`) or of the peers' (`.py`). */
export const commandOf = (program: string): readonly [string, ...string[]] =>
  program.endsWith(".py")
    ? [PYTHON, `lib/dev/peers/${program}`]
    : [Deno.execPath(), ...DENO_ARGS, `lib/dev/bench/${program}`];

const roundSchema = z.object({ ms: z.number(), cpuMs: z.number(), facts: z.record(z.string(), z.unknown()) });
const readySchema = z.object({ versions: z.record(z.string(), z.string()), url: z.string().optional() });

/** What a round took: the median of a work's times in it, and the processor's mean time, all threads together. */
export type Round = z.infer<typeof roundSchema>;

/** A process that works when told to, or that serves. */
export interface Contestant extends AsyncDisposable {
  /** Of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
  /** Where it serves; empty where it answers rounds. */
  readonly url: string;
  /** Does a work as often as a round takes. */
  round(work: string): Promise<Round>;
}

/**
 * Starts a program that answers rounds, or a server, and waits until it is ready.
 *
 * @throws {Error} When it ends before its time: what it said stands on stderr.
 */
export async function startContestant(program: string): Promise<Contestant> {
  const [command, ...args] = commandOf(program);
  const child = new Deno.Command(command, { args, env: ENVIRONMENT, stdin: "piped", stdout: "piped" }).spawn();
  const stdout = Readable.fromWeb(child.stdout as unknown as NodeReadableStream);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const read = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`Cannot bench ${program}: it ended with exit code ${(await child.status).code}`);
    return JSON.parse(value);
  };
  const writer = child.stdin.getWriter();
  const { versions, url = "" } = readySchema.parse(await read());
  return {
    versions,
    url,
    round: async (work) => {
      await writer.write(new TextEncoder().encode(`${work}\n`));
      return roundSchema.parse(await read());
    },
    [Symbol.asyncDispose]: async () => {
      await writer.close().catch(() => {});
      // Who answers rounds has ended by then; a server has to be told.
      if (url !== "") child.kill("SIGTERM");
      await child.status;
    },
  };
}
