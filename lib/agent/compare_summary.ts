/** Rows of a comparison as rates: a line a rung and model. */
import { z } from "zod";
import { quantile } from "../retrieve/mod.ts";
import type { CompareRow } from "./comparison.ts";
import { RUNGS } from "./rungs/mod.ts";
import { wilson } from "./wilson.ts";

/** The four rates. */
export const RATES = ["schemaValid", "poseValid", "right", "validButWrong"] as const;

const share = z.number().min(0).max(1);
const rate = z.object({ value: share, low: share, high: share });
const count = z.int().min(0);
const part = z.object({ right: count, n: count });

/** What came of one rung with one model. */
export const compareLineSchema = z.object({
  /** The rung's name. */
  method: z.string(),
  /** The model's name; null where no model is asked. */
  model: z.string().nullable(),
  /** The kind of endpoint that ran the model; null where no model is asked. */
  endpoint: z.enum(["embedded", "ollama", "openai"]).nullable(),
  /** The rung's version: rows of different prompts are never counted together. */
  version: z.int(),
  /** Runs counted. */
  n: count,
  /** Different seeds among them. */
  seeds: count,
  /** How often the answer had the form that was asked for. */
  schemaValid: rate,
  /** How often there was a valid pose for every figure. */
  poseValid: rate,
  /** How often all figures were valid and every fact that was asked of them held. */
  right: rate,
  /** How often all figures were valid and not what was asked for: what nobody notices without looking. */
  validButWrong: rate,
  /** Runs where the library's poses stood in for an answer that could not be used. */
  standIns: count,
  /** To so many requests there were figures, and so many of those answers differ: a model that copies its example has one. */
  answered: count,
  /** See `answered`. */
  different: count,
  /** `right` of single figures and of dances, counts. */
  of: z.object({ figure: part, dance: part, en: part, ru: part }),
  /** The share of asked-for figures whose facts hold, dances' moves singly. */
  figuresRight: share,
  /** Of a run, in seconds. */
  medianSeconds: z.number(),
  /** A run's, on average. */
  tokens: z.object({ prompt: z.number(), completion: z.number() }),
  /** The most after any run: of the process that compares (with an embedded model: the model's), and of the server. */
  peakMegabytes: z.object({ process: z.number(), server: z.number().nullable() }),
});

/** What came of one rung with one model. */
export type CompareLine = z.infer<typeof compareLineSchema>;

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
      medianSeconds: quantile(of.map(({ seconds }) => seconds), 0.5) ?? 0,
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
