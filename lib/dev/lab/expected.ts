import { type Cell, sourceOf } from "../notebook_file.ts";

/** How much of each kind a cell shows. */
export interface Expected {
  readonly images: number;
  /** Interactive ones. */
  readonly charts: number;
  readonly videos: number;
  /** Pages within the page: players. */
  readonly frames: number;
}

const text = (value: unknown): string => Array.isArray(value) ? value.join("") : typeof value === "string" ? value : "";
const count = (html: string, tag: string) => html.split(`<${tag}`).length - 1;

/** What a cell must show in JupyterLab, by its text or its outputs; of each output JupyterLab takes the richest form. */
export function expectedOf(cell: Cell): Expected {
  const html: string[] = [];
  let [images, charts] = [0, 0];
  if (cell.cell_type === "markdown") {
    const source = sourceOf(cell).replace(/```[\s\S]*?```|`[^`]*`/g, "");
    images += [...source.matchAll(/!\[[^\]]*\]\(/g)].length;
    html.push(source);
  }
  for (const output of cell.outputs ?? []) {
    const data = (output["data"] ?? {}) as Record<string, unknown>;
    if ("application/vnd.plotly.v1+json" in data) charts++;
    else if ("text/html" in data) html.push(text(data["text/html"]).replace(/srcdoc="[^"]*"/g, ""));
    else if ("image/png" in data || "image/jpeg" in data) images++;
  }
  const all = html.join("");
  // What stands inside a video is for what plays none, and still in the page.
  return { images: images + count(all, "img"), charts, videos: count(all, "video"), frames: count(all, "iframe") };
}
