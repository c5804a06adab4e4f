/** Rows of a comparison as rates: a line a rung and model. */
import type { CompareRow } from "./comparison.ts";
import { RUNGS } from "./rungs/mod.ts";
import { type Rate, wilson } from "./wilson.ts";

/** The four rates. */
export const RATES = ["schemaValid", "poseValid", "right", "validButWrong"] as const;

/** What came of one rung with one model. */
export interface CompareLine {
  readonly method: string;
  readonly model: string | null;
  readonly endpoint: CompareRow["endpoint"];
  readonly version: number;
  readonly n: number;
  readonly seeds: number;
  readonly schemaValid: Rate;
  readonly poseValid: Rate;
  readonly right: Rate;
  readonly validButWrong: Rate;
  /** Runs where the library's poses stood in for an answer that could not be used. */
  readonly standIns: number;
  /** To so many requests there were figures, and so many of those answers differ: a model that copies its example has one. */
  readonly answered: number;
  readonly different: number;
  /** `right` of single figures and of dances, counts. */
  readonly of: Readonly<Record<"figure" | "dance" | "en" | "ru", { readonly right: number; readonly n: number }>>;
  /** The share of asked-for figures whose facts hold, dances' moves singly. */
  readonly figuresRight: number;
  readonly medianSeconds: number;
  /** A run's, on average. */
  readonly tokens: { readonly prompt: number; readonly completion: number };
  /** The most after any run: of the process that compares (with an embedded model: the model's), and of the server. */
  readonly peakMegabytes: { readonly process: number; readonly server: number | null };
}

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
};
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const megabytes = (bytes: readonly number[]) => Math.round(Math.max(...bytes) / 1e6);

/** What an answer shows, as text: the same figures are the same answer. */
const answerOf = (frames: CompareRow["frames"]) =>
  JSON.stringify(frames.map(({ pose_id, joints }) => pose_id ?? joints));

/** Rates by rung and model, in the order of the rungs; runs with other prompts than today's are left out. */
export function summarise(rows: readonly CompareRow[]): CompareLine[] {
  const order = Object.keys(RUNGS);
  const current = rows.filter(({ method, version }) =>
    Object.entries(RUNGS).some(([name, rung]) => name === method && rung.version === version)
  );
  const groups = Map.groupBy(current, ({ method, model, endpoint }) => JSON.stringify([method, model, endpoint]));
  return [...groups.values()].flatMap((of): CompareLine[] => {
    const [first] = of;
    if (!first) return [];
    const { method, model, endpoint, version } = first;
    const rate = (key: typeof RATES[number]) => wilson(of.filter((row) => row[key]).length, of.length);
    const part = (test: (row: CompareRow) => boolean) => {
      const some = of.filter(test);
      return { right: some.filter(({ right }) => right).length, n: some.length };
    };
    const answered = of.filter(({ frames, seed }) => frames.length > 0 && seed === first.seed);
    const servers = of.flatMap(({ memory }) => memory.server ?? []);
    return [{
      method,
      model,
      endpoint,
      version,
      n: of.length,
      seeds: new Set(of.map(({ seed }) => seed)).size,
      schemaValid: rate("schemaValid"),
      poseValid: rate("poseValid"),
      right: rate("right"),
      validButWrong: rate("validButWrong"),
      answered: answered.length,
      different: new Set(answered.map(({ frames }) => answerOf(frames))).size,
      standIns: of.filter(({ standIn }) => standIn).length,
      of: {
        figure: part(({ kind }) => kind === "figure"),
        dance: part(({ kind }) => kind === "dance"),
        en: part(({ language }) => language === "en"),
        ru: part(({ language }) => language === "ru"),
      },
      figuresRight: sum(of.map(({ figuresRight }) => figuresRight)) / sum(of.map(({ figures }) => figures)),
      medianSeconds: median(of.map(({ seconds }) => seconds)),
      tokens: {
        prompt: sum(of.map(({ tokens }) => tokens.prompt)) / of.length,
        completion: sum(of.map(({ tokens }) => tokens.completion)) / of.length,
      },
      peakMegabytes: {
        process: megabytes(of.map(({ memory }) => memory.process)),
        server: servers.length > 0 ? megabytes(servers) : null,
      },
    }];
  }).sort((a, b) =>
    `${a.model} ${a.endpoint}`.localeCompare(`${b.model} ${b.endpoint}`) ||
    order.indexOf(a.method) - order.indexOf(b.method)
  );
}
