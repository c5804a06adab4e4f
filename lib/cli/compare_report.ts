/** What a comparison says: a table, a chart of the four rates, and pictures of what went wrong. */
import { cpus } from "node:os";
import { type CompareReport, type CompareRequest, type CompareRow, modelOf, RATES, summarise } from "../agent/mod.ts";
import { drawOutsideSheet } from "../draw/mod.ts";
import { encodePng } from "../media/mod.ts";
import { chartOf, comparisonCharts, drawCharts } from "../notebook/mod.ts";
import { ollamaVersion } from "../llm/mod.ts";
import settings from "../../deno.json" with { type: "json" };

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

/** Three rates by rung, a chart a model, two beside each other, as a PNG. */
export const chartOfComparison = async (report: CompareReport): Promise<Uint8Array> =>
  await drawCharts(comparisonCharts(report).map(chartOf), { columns: 2 });

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
    `${row.method}, ${modelOf(row)}: “${asked.get(row.request) ?? row.request}”. ${faults.length} ${
      faults.length === 1 ? "fault" : "faults"
    }: ${faults.slice(0, 2).join(", ").replaceAll("_", " ")}`
  );
  return encodePng(await drawOutsideSheet(chosen, { captions, columns: COLUMNS, lines: 5 }));
}
