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
  return {
    say: json ? (line) => console.error(line) : (line) => console.log(line),
    json: (value) => console.log(JSON.stringify(value)),
    onProgress({ name, stage, done, total }) {
      const rewriting = stage === "rewrite";
      const what = rewriting ? `Rewriting ${name} for a faster CPU path, once` : `Fetching ${name}, once`;
      if (!Deno.stderr.isTerminal()) {
        if (heard !== what) console.error(`${what}: ${(total / MEGABYTE).toFixed(0)} MB …`);
        heard = what;
        return;
      }
      if (!bar) {
        bar = new cliProgress.SingleBar({
          format: `${what}: {stage} [{bar}] {percentage} % of {size} MB, {eta_formatted} left`,
          clearOnComplete: false,
          hideCursor: true,
        }, cliProgress.Presets.shades_classic);
        bar.start(total, 0, { stage, size: (total / MEGABYTE).toFixed(0) });
      }
      bar.setTotal(total);
      bar.update(done, { stage, size: (total / MEGABYTE).toFixed(0) });
      if (done >= total) {
        bar.stop();
        bar = undefined;
      }
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
