/** Which of several forms a client wants. */
import { Problem } from "./problem.ts";

/** What a client takes, and how gladly. */
interface Range {
  readonly type: string;
  readonly quality: number;
}

function rangesOf(header: string): Range[] {
  return header.split(",").map((part) => {
    const [type = "", ...parameters] = part.split(";").map((one) => one.trim().toLowerCase());
    const quality = parameters.find((one) => one.startsWith("q="));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  }).filter(({ type }) => type !== "");
}

/** How gladly a type is taken: the most exact range that matches it says so (RFC 9110, 12.5.1). */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const [group] = type.split("/");
  for (const name of [type, `${group}/*`, "*/*"]) {
    const range = ranges.find((one) => one.type === name);
    if (range) return range.quality;
  }
  return 0;
}

/**
 * The form that a client wants most.
 *
 * @param header of the request; null or empty where it takes anything. @param offered media types, the usual one first.
 * @throws {Problem} `not-acceptable` when it takes none of them.
 */
export function preferred<T extends string>(header: string | null | undefined, offered: readonly [T, ...T[]]): T {
  const ranges = rangesOf(header ?? "");
  if (ranges.length === 0) return offered[0];
  const best = offered.map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .reduce((a, b) => b.quality > a.quality ? b : a);
  if (best.quality > 0) return best.type;
  throw new Problem("not-acceptable", `It can be given as ${offered.join(" or ")}`, {
    errors: [{ field: "Accept", value: (header ?? "").slice(0, 200), message: `must take ${offered.join(" or ")}` }],
  });
}
