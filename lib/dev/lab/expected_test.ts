import assert from "node:assert/strict";
import type { Cell } from "../notebook_file.ts";
import { expectedOf } from "./expected.ts";

const nothing = { images: 0, charts: 0, videos: 0, frames: 0 };
const cell = (outputs: Record<string, unknown>[]): Cell => ({
  cell_type: "code",
  source: "",
  metadata: {},
  outputs: outputs.map((data) => ({ output_type: "display_data", data })),
});

Deno.test("expectedOf() counts of each output the form that JupyterLab takes", () => {
  const chart = { "application/vnd.plotly.v1+json": {}, "text/html": '<img src="a">', "text/plain": "a" };
  const gif = { "text/html": ['<img alt="a" ', 'src="data:image/gif;base64,R0">'], "image/png": "a" };
  assert.deepEqual(expectedOf(cell([chart, gif, { "image/png": "a" }, { "text/plain": "<img" }])), {
    ...nothing,
    images: 2,
    charts: 1,
  });
  const player = { "text/html": '<iframe srcdoc="<img src=1>"></iframe>' };
  assert.deepEqual(expectedOf(cell([player])), { ...nothing, frames: 1 });
  assert.deepEqual(expectedOf({ ...cell([]), outputs: [{ output_type: "stream", text: "<img>" }] }), nothing);
});

Deno.test("expectedOf() counts the pictures of prose, and not those in code", () => {
  const prose = 'Look: ![a](../a.png)\n\n`![b](b.png)`\n\n```html\n<img src="c">\n```\n<img src="d.png">';
  assert.deepEqual(expectedOf({ cell_type: "markdown", source: prose, metadata: {} }), { ...nothing, images: 2 });
});
