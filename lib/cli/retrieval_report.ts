/** Figures of retrieval as a table, a chart and a contact sheet. */
import { drawSheet } from "../draw/mod.ts";
import type { Library } from "../library/mod.ts";
import { encodePng } from "../media/mod.ts";
import { chartOf, drawChart } from "../notebook/mod.ts";
import {
  type Estimate,
  QUERY_STYLES,
  type RetrievalMeasures,
  type RetrievalOutcome,
  seededRandom,
  shuffled,
} from "../retrieve/mod.ts";
import type { Language } from "../text/mod.ts";

/** The measures of a retriever, with embeddings or without. */
export interface Row extends RetrievalMeasures {
  readonly embeddings: boolean;
}

/** What `--output` writes and `--json` prints: figures, and nothing of a query. */
export interface RetrievalReport {
  readonly set: string;
  readonly poses: number;
  readonly seed: number;
  readonly resamples: number;
  /** Queries of the test set that are not asked, because the development set has them too. */
  readonly leftOut: Readonly<Partial<Record<Language, number>>>;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly deno: string;
    readonly onnxruntime: string;
  };
  readonly results: readonly Row[];
}

const TITLES = { ru: "Russian", en: "English", all: "Both languages" } as const;
const HEAD = [
  "retriever",
  "R@1",
  "R@3",
  "MRR",
  "nDCG@5",
  "geometry",
  "mirror error",
  "refused rightly",
  "wrongly",
  "ms p50",
  "p95",
];

const percent = (share: number | null, digits = 1) => share === null ? "–" : (100 * share).toFixed(digits);
const fixed = (value: number | null, digits: number) => value === null ? "–" : value.toFixed(digits);
const range = ({ value, low, high }: Estimate) => `${percent(value)} (${percent(low)}–${percent(high)})`;

/** What a row is called. */
const nameOf = ({ retriever, embeddings }: Row) =>
  retriever === "hybrid" && !embeddings ? "hybrid without embeddings" : retriever;

/** The figures as a table a language, a line each. */
export function tableOf({ set, poses, leftOut, results }: RetrievalReport): string[] {
  const lines = [
    `${set === "test" ? "Test" : "Development"} set, ${poses} poses; shares in %, 95 % intervals in brackets`,
  ];
  const left = Object.entries(leftOut).filter(([, count]) => count > 0);
  if (left.length > 0) {
    lines.push(`Not asked, for the development set has them too: ${left.map((entry) => entry.join(" ")).join(", ")}`);
  }
  for (const [language, rows] of Map.groupBy(results, (row) => row.language)) {
    const [{ answerable = 0, unanswerable = 0, chance, mirror } = {}] = rows;
    lines.push(
      "",
      `${TITLES[language]}: ${answerable} queries with an answer (${
        mirror?.queries ?? 0
      } of them with another in a mirror), ` +
        `${unanswerable} without; by chance R@1 ${percent(chance?.recallAt1 ?? null, 2)}, ` +
        `geometry ${percent(chance?.geometry ?? null)}`,
      ...columns([HEAD, ...rows.map(cellsOf)]),
    );
  }
  return lines;
}

const cellsOf = (row: Row): string[] => [
  nameOf(row),
  range(row.recallAt1),
  range(row.recallAt3),
  fixed(row.mrr, 3),
  fixed(row.ndcgAt5, 3),
  range(row.geometry),
  percent(row.mirror.error),
  percent(row.refused.unanswerable),
  percent(row.refused.answerable),
  fixed(row.ms.p50, 1),
  fixed(row.ms.p95, 1),
];

/** Cells under each other, the first of a line to the left. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join("  ")
  );
}

/** What a retriever got wrong, by the style of the query. Of the development set only. */
export function tellMisses(title: string, outcomes: readonly RetrievalOutcome[]): string[] {
  return QUERY_STYLES.flatMap((style) => {
    const of = outcomes.filter(({ query }) => query.style === style);
    const missed = of.filter(({ right }) => !right);
    if (of.length === 0) return [];
    return [
      `${title}, ${style}: ${missed.length} of ${of.length} missed`,
      ...missed.flatMap(({ query, top, answered }) => [
        `  ${query.query}`,
        `    wanted ${query.ids.join(", ") || "nothing"}; ` +
        `got ${top?.id ?? "nothing"} ${(top?.score ?? 0).toFixed(2)}${answered ? "" : ", refused"}`,
      ]),
    ];
  });
}

/** R@1 of each retriever in each language, with its interval, as a PNG. */
export async function chartOfReport({ set, poses, results }: RetrievalReport): Promise<Uint8Array> {
  const rows = results.filter(({ language }) => language !== "all");
  const chance = Math.max(...rows.map((row) => row.chance.recallAt1 ?? 0));
  const share = (value: number | null) => value === null ? null : 100 * value;
  return await drawChart(chartOf({
    title: `The right pose first, ${set === "test" ? "test" : "development"} set`,
    yLabel: "R@1, %",
    xLabel: `${poses} poses; by chance ${percent(chance, 2)} %; whiskers: 95 % intervals`,
    series: [...Map.groupBy(rows, ({ language }) => language)].map(([language, of]) => ({
      name: TITLES[language],
      x: of.map(nameOf),
      y: of.map(({ recallAt1 }) => share(recallAt1.value)),
      intervals: of.map(({ recallAt1: { low, high } }) =>
        low === null || high === null ? null : [100 * low, 100 * high]
      ),
    })),
  }));
}

/** Hits, and misses; half of each in each language. */
const EACH = 4;

/**
 * Four hits, and under them four misses, each beside the pose that was meant: drawn by chance from queries with an answer,
 * half of each language.
 */
export async function sheetOfOutcomes(
  outcomes: readonly RetrievalOutcome[],
  library: Pick<Library, "pose">,
  seed: number,
): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const draw = (right: boolean) => {
    const of = shuffled(outcomes.filter((one) => one.right === right && one.query.ids.length > 0), random);
    const half = (language: Language) => of.filter(({ query }) => query.language === language).slice(0, EACH / 2);
    const both = [...half("ru"), ...half("en")];
    return [...both, ...of.filter((one) => !both.includes(one))].slice(0, EACH);
  };
  const cells = [...draw(true), ...draw(false)].flatMap(({ query, top, right }) => {
    const found = library.pose(top?.id ?? "");
    const meant = library.pose(query.ids[0] ?? "");
    return [
      ...(found ? [{ pose: found.pose, caption: `${right ? "✓" : "✗"} ${query.query}` }] : []),
      ...(meant && !right ? [{ pose: meant.pose, caption: `meant: ${meant.id}` }] : []),
    ];
  });
  return encodePng(
    await drawSheet(cells.map(({ pose }) => pose), {
      captions: cells.map(({ caption }) => caption),
      columns: EACH,
      lines: 4,
    }),
  );
}
