/** What a comparison says: a table, a chart of the four rates, and pictures of what went wrong. */
import { cpus } from "node:os";
import { type CompareLine, type CompareRequest, type CompareRow, RATES, summarise } from "../agent/mod.ts";
import { drawOutsideSheet } from "../draw/mod.ts";
import { encodePng } from "../media/mod.ts";
import { chartOf, drawCharts } from "../notebook/mod.ts";
import { ollamaVersion } from "../llm/mod.ts";
import settings from "../../deno.json" with { type: "json" };

/** What `--output` writes and `--json` prints. */
export interface CompareReport {
  readonly requests: { readonly file: string; readonly count: number };
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly deno: string;
    readonly "node-llama-cpp": string;
    /** The server's version; null where none was running when this was written. */
    readonly ollama: string | null;
  };
  readonly results: readonly CompareLine[];
}

const versionOf = (specifier: string) => specifier.replace(/^.*@/, "");

/** Makes the report of rows. */
export async function reportOf(rows: readonly CompareRow[], file: string, count: number): Promise<CompareReport> {
  const host = Deno.env.get("OLLAMA_HOST");
  return {
    requests: { file, count },
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      deno: Deno.version.deno,
      "node-llama-cpp": versionOf(settings.imports["node-llama-cpp"]),
      ollama: host === undefined ? null : await ollamaVersion(`http://${host.replace(/^https?:\/\//, "")}`) ?? null,
    },
    results: JSON.parse(
      JSON.stringify(summarise(rows), (_, value) => typeof value === "number" ? Number(value.toFixed(4)) : value),
    ),
  };
}

/** A model's name and where it ran. */
export const modelOf = ({ model, endpoint }: Pick<CompareLine, "model" | "endpoint">) =>
  model === null ? "no model" : endpoint === "embedded" ? model : `${model} on ${endpoint}`;

const percent = (share: number) => `${Math.round(100 * share)}`;

/** The figures as a table a model, a line a rung. */
export function tableOfComparison({ results, requests }: CompareReport): string[] {
  const head = [
    "rung",
    "runs",
    "schema-valid %",
    "pose-valid %",
    "right %",
    "valid but wrong %",
    "stand-ins",
    "different answers",
    "moves right %",
    "s (median)",
    "tokens",
    "MB",
  ];
  const lines = [`${requests.count} requests of ${requests.file}; 95 % intervals (Wilson) in brackets`];
  for (const [model, of] of Map.groupBy(results, modelOf)) {
    const cells = of.map((line) => [
      line.method,
      String(line.n),
      ...RATES.map((rate) => {
        const { value, low, high } = line[rate];
        return `${percent(value)} (${percent(low)}–${percent(high)})`;
      }),
      String(line.standIns),
      `${line.different} of ${line.answered}`,
      percent(line.figuresRight),
      line.medianSeconds.toFixed(1),
      `${Math.round(line.tokens.prompt)}+${Math.round(line.tokens.completion)}`,
      String(line.peakMegabytes.server ?? line.peakMegabytes.process),
    ]);
    const table = [head, ...cells];
    const widths = head.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
    lines.push(
      "",
      model,
      ...table.map((row) =>
        row.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)).join("  ")
      ),
    );
  }
  return lines;
}

const TITLES: Readonly<Record<typeof RATES[number], string>> = {
  schemaValid: "Schema-valid: the answer has the form that was asked for",
  poseValid: "Pose-valid: every figure is a possible body",
  right: "Right: valid, and every fact that was asked for holds",
  validButWrong: "Valid but wrong",
};

/** The four rates by rung and model, with their intervals, as a PNG of four charts. */
export async function chartOfComparison({ results }: CompareReport): Promise<Uint8Array> {
  const methods = [...new Set(results.map(({ method }) => method))];
  const models = [...Map.groupBy(results, modelOf)];
  return await drawCharts(
    RATES.map((rate) =>
      chartOf({
        title: TITLES[rate],
        yLabel: "% of runs",
        yTo: 100,
        xLabel: "whiskers: 95 % intervals (Wilson)",
        series: models.map(([name, lines]) => {
          const of = methods.map((method) => lines.find((line) => line.method === method)?.[rate]);
          return {
            name,
            x: methods,
            y: of.map((one) => one ? 100 * one.value : null),
            intervals: of.map((one) => one ? [100 * one.low, 100 * one.high] as const : null),
          };
        }),
      })
    ),
    { columns: 2 },
  );
}

const GALLERY = 12;
const COLUMNS = 6;

/** Figures that are no bodies, one of each rung, model and request in turn, told by what was asked and what is broken. */
export async function galleryOfRows(
  rows: readonly CompareRow[],
  requests: readonly CompareRequest[],
): Promise<Uint8Array> {
  const asked = new Map(requests.map(({ id, request }) => [id, request]));
  const seen = new Set<string>();
  const broken = rows.flatMap((row) => {
    const figure = row.frames.find(({ faults, joints }) => joints !== undefined && faults.length > 0);
    // A small model gives the same figure for one request after another.
    if (!figure?.joints || seen.has(JSON.stringify(figure.joints))) return [];
    seen.add(JSON.stringify(figure.joints));
    return [{ row, joints: figure.joints, faults: figure.faults }];
  });
  const groups = [...Map.groupBy(broken, ({ row }) => `${row.method} ${modelOf(row)}`).values()];
  const turns = Array.from({ length: GALLERY }, (_, i) => groups.flatMap((group) => group[i * 5 % group.length] ?? []));
  const chosen = [...new Set(turns.flat())].slice(0, GALLERY);
  if (chosen.length === 0) throw new RangeError("Cannot draw what went wrong: nothing did");
  const captions = chosen.map(({ row, faults }) =>
    `${row.method}, ${modelOf(row)}: “${asked.get(row.request) ?? row.request}”. ${faults.length} faults: ${
      faults.slice(0, 2).join(", ").replaceAll("_", " ")
    }`
  );
  return encodePng(await drawOutsideSheet(chosen, { captions, columns: COLUMNS, lines: 5 }));
}
