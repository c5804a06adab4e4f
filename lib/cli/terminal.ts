/** Where the commands print, how they show progress, and how they end. */
import cliProgress from "cli-progress";
import { InvalidArgumentError } from "commander";
import { RefusedError } from "../agent/mod.ts";
import type { AssetProgress } from "../assets/mod.ts";

/** The exit codes of every command. */
export const EXIT = { done: 0, failed: 1, refused: 2, interrupted: 130 } as const;

/** Where a command prints and what stops it. */
export interface Terminal {
  /** A line for a person: on stdout, or with `--json` on stderr. */
  say(line: string): void;
  /** The one JSON value of `--json`. */
  json(value: unknown): void;
  /** Shows how far a long work is: a bar where a person looks, else a line when it begins. */
  count(what: string, done: number, total: number): void;
  /** Draws a bar for a download. */
  onProgress(progress: AssetProgress): void;
  readonly signal: AbortSignal;
}

const MEGABYTE = 1e6;

/**
 * Opens the terminal.
 *
 * @param json whether stdout is for one JSON value only.
 */
export function openTerminal(json: boolean, signal: AbortSignal): Terminal {
  let heard = "";
  let bar: InstanceType<typeof cliProgress.SingleBar> | undefined;
  const drawBar = (format: string, done: number, total: number, payload: object = {}) => {
    if (!bar) {
      bar = new cliProgress.SingleBar(
        { format, clearOnComplete: false, hideCursor: true },
        cliProgress.Presets.shades_classic,
      );
      bar.start(total, 0, payload);
    }
    bar.setTotal(total);
    bar.update(done, payload);
    if (done < total) return;
    bar.stop();
    bar = undefined;
  };
  return {
    say: json ? (line) => console.error(line) : (line) => console.log(line),
    json: (value) => console.log(JSON.stringify(value)),
    count(what, done, total) {
      if (Deno.stderr.isTerminal()) return drawBar(`${what}: [{bar}] {value} of {total}`, done, total);
      if (heard !== what) console.error(`${what}: ${total} …`);
      heard = what;
    },
    onProgress({ name, stage, done, total }) {
      const rewriting = stage === "rewrite";
      const what = rewriting ? `Rewriting ${name} for a faster CPU path, once` : `Fetching ${name}, once`;
      if (!Deno.stderr.isTerminal()) {
        if (heard !== what) console.error(`${what}: ${(total / MEGABYTE).toFixed(0)} MB …`);
        heard = what;
        return;
      }
      const format = `${what}: {stage} [{bar}] {percentage} % of {size} MB, {eta_formatted} left`;
      drawBar(format, done, total, { stage, size: (total / MEGABYTE).toFixed(0) });
    },
    signal,
  };
}

/** A whole number within bounds, as an option's value. */
export const wholeNumber = (least: number, most: number) => (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most || value.trim() === "") {
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
  }
  return number;
};

/** Reads all of stdin as JSON. */
export async function readJsonFromStdin(what: string): Promise<unknown> {
  const text = await new Response(Deno.stdin.readable).text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RefusedError(`Cannot read ${what} from stdin: it is not JSON (${(error as Error).message})`);
  }
}

/**
 * The port that a variable of the environment names.
 *
 * @param usual the one where it names none.
 * @throws {RefusedError} when it is no port.
 */
export function portOf(value: string | undefined, usual: number): number {
  if (!value) return usual;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new RefusedError(`PORT is no port: "${value}". Write a whole number from 1 to 65535.`);
}

/** Aborts at Ctrl-C or when the process is told to end. */
export function endSignal(signal: AbortSignal): AbortSignal {
  const told = new AbortController();
  // Windows has no SIGTERM.
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", () => told.abort());
  return AbortSignal.any([signal, told.signal]);
}

/** Settles when a signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
