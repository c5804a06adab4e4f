/**
 * What our side of every bench shares, as `lib/dev/peers/rounds.py` the peers': a process of its own that does its work when
 * told to, as often as a round takes, and says how long it took.
 *
 * @module
 */
import { createInterface } from "node:readline";
import process from "node:process";
import { quantile } from "../../retrieve/mod.ts";

/** What can be said of a result, once the clock has stopped. */
export type Facts = Readonly<Record<string, unknown>>;

/** Work that is measured. What it returns tells the facts of the last result. */
export type Work = () => Promise<() => Facts | Promise<Facts>>;

// As in lib/dev/peers/rounds.py.
const ROUND_MS = 400;

const say = (value: Facts) => console.log(JSON.stringify(value));

/** Answers lines on stdin, the name of a work each, with a line of JSON each, until stdin ends. */
export async function answerRounds(works: Readonly<Record<string, Work>>): Promise<void> {
  say({ versions: { deno: Deno.version.deno, v8: Deno.version.v8 } });
  for await (const line of createInterface({ input: process.stdin })) {
    const work = works[line.trim()];
    if (work === undefined) throw new RangeError(`Cannot do "${line}": known are ${Object.keys(works).join(", ")}`);
    const times: number[] = [];
    const before = process.cpuUsage();
    const start = performance.now();
    let facts: Awaited<ReturnType<Work>>;
    do {
      const begun = performance.now();
      facts = await work();
      times.push(performance.now() - begun);
    } while (performance.now() - start < ROUND_MS);
    const { user, system } = process.cpuUsage(before);
    say({ ms: quantile(times, 0.5), cpuMs: (user + system) / 1000 / times.length, facts: await facts() });
  }
}
