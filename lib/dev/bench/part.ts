/** A part of the bench: things measured together, in turns. */
import { z } from "zod";
import { commandOf, ENVIRONMENT, PYTHON, type Round } from "./contestant.ts";
import type { Row } from "./row.ts";

/** How a part is measured. */
export interface PartOptions {
  /** How often each side does its work, in turns with the others; those that warm up come on top. */
  readonly rounds: number;
  /** How long the mixed load lasts. */
  readonly minutes: number;
  readonly signal: AbortSignal;
  /** Hears of what is measured now. */
  readonly say: (line: string) => void;
}

/** What a part found. */
export interface PartResult {
  readonly rows: readonly Row[];
  readonly versions: Readonly<Record<string, string>>;
  /** What is the same and what is not on both sides, and what else a reader should know; sentences. */
  readonly notes: readonly string[];
}

/** Measures a part. */
export type Part = (options: PartOptions) => Promise<PartResult>;

/** Rounds that are not counted: they compile, read files and fill caches. */
const WARM_UP = 2;

/**
 * Does works in turns, so that what else the machine does meets all of them alike.
 *
 * @param works What to do, by its name.
 * @returns What each of them gave, in the order of the rounds.
 */
export async function alternate<T, Name extends string>(
  works: Readonly<Record<Name, () => Promise<T>>>,
  { rounds, signal, say }: PartOptions,
): Promise<Record<Name, T[]>> {
  const given = {} as Record<Name, T[]>;
  const names = Object.keys(works) as Name[];
  for (const name of names) given[name] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    say(round < 0 ? `warming up: ${names.join(", ")}` : `round ${round + 1} of ${rounds}: ${names.join(", ")}`);
    for (const name of names) {
      signal.throwIfAborted();
      const value = await works[name]();
      if (round >= 0) given[name].push(value);
    }
  }
  return given;
}

const wholeSchema = z.object({ code: z.number(), ms: z.number(), cpuMs: z.number(), megabytes: z.number() });

/** What a program took from its start to its end. */
export type Whole = z.infer<typeof wholeSchema>;

/** Runs a program of ours (`.ts`) or of the peers' (`.py`), or a command, once. */
export async function runWhole(program: string | readonly string[], ...args: string[]): Promise<Whole> {
  const command = typeof program === "string" ? commandOf(program) : program;
  const { success, stdout } = await new Deno.Command(PYTHON, {
    args: ["lib/dev/peers/measure.py", ...command, ...args],
    env: ENVIRONMENT,
    stderr: "inherit",
  }).output();
  const whole = success ? wholeSchema.parse(JSON.parse(new TextDecoder().decode(stdout))) : undefined;
  if (whole?.code !== 0) throw new Error(`Cannot bench "${command.join(" ")}": it failed, see above`);
  return whole;
}

/** The times of rounds. */
export const times = (rounds: readonly Round[]): number[] => rounds.map(({ ms }) => ms);
/** The processor's times of rounds, all threads together. */
export const cpuTimes = (rounds: readonly Round[]): number[] => rounds.map(({ cpuMs }) => cpuMs);
