/** A line of the bench's table: one thing that ours and a peer do, and how many times better ours is. */
import { quantile } from "../../retrieve/mod.ts";

/** A side's figure, and what each round gave. */
export interface Side {
  readonly name: string;
  readonly median: number;
  readonly rounds: readonly number[];
}

/** How many times better ours is: 2 is half the time, half the memory or double the rate. */
export interface Ratio {
  /** Of the medians. */
  readonly value: number;
  /** The least and the most of the rounds', each with the peer's of the same round. */
  readonly low: number;
  readonly high: number;
}

/** A comparison, or a figure of ours alone. */
export interface Row {
  /** What is done. */
  readonly what: string;
  /** A few words for the chart; absent: it is not in it. */
  readonly label?: string;
  readonly unit: "ms" | "ms of CPU" | "MB" | "kB" | "dB" | "requests/s";
  readonly ours: Side;
  readonly peer?: Side;
  readonly ratio?: Ratio;
  /** The ratio that the project wants, where it wants one. */
  readonly target?: number;
  /** The load average over the minute before it was measured (1 minute). */
  readonly load: number;
}

/** What is known before measuring. */
export interface RowText extends Pick<Row, "what" | "label" | "unit" | "target"> {
  /** What the peer is called; absent where there is none. */
  readonly peer?: string;
}

const sideOf = (name: string, rounds: readonly number[]): Side => ({
  name,
  median: digits(quantile(rounds, 0.5) ?? NaN),
  rounds: rounds.map(digits),
});

/** Four digits: more would only say what chance did. */
const digits = (value: number) => Number(value.toPrecision(4));

/**
 * A row from what the rounds gave.
 *
 * @param text What was measured.
 * @param ours Our figure of each round.
 * @param peers The peer's of the same rounds, as many.
 * @throws {RangeError} When they are not as many.
 */
export function rowOf({ peer, ...text }: RowText, ours: readonly number[], peers: readonly number[] = []): Row {
  const row = { ...text, ours: sideOf("ours", ours), load: digits(Deno.loadavg()[0] ?? NaN) };
  if (peer === undefined) return row;
  if (peers.length !== ours.length) {
    throw new RangeError(`Cannot compare ${ours.length} rounds with ${peers.length}: give as many of both`);
  }
  const better = (a: number, b: number) => ["requests/s", "dB"].includes(text.unit) ? a / b : b / a;
  const ratios = ours.map((value, i) => better(value, peers[i] ?? NaN));
  const other = sideOf(peer, peers);
  return {
    ...row,
    peer: other,
    ratio: {
      value: digits(better(row.ours.median, other.median)),
      low: digits(Math.min(...ratios)),
      high: digits(Math.max(...ratios)),
    },
  };
}
