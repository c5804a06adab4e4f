/**
 * Opens the page of an exported notebook without a network and looks whether all of it is there:
 * `deno run --allow-all drive_page.ts '{"chromium", "page", "notebook"}'`. Prints the faults, a JSON list.
 */
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { readNotebook } from "../notebook_file.ts";
import { expectedOf } from "./expected.ts";

const { page: file, notebook, chromium: executablePath } = JSON.parse(Deno.args[0] ?? "") as Record<string, string>;
const address = pathToFileURL(file ?? "").href;
const faults: string[] = [];
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`a script of the page fails: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && url !== address) faults.push(`asks for ${url.slice(0, 100)}`);
  });
  await page.goto(address, { waitUntil: "load" });
  const pictures = await page.locator("img").evaluateAll((images) =>
    images.map((image) => Object(image)).map(({ src, naturalWidth }) => ({
      src: String(src),
      width: Number(naturalWidth),
    }))
  );
  for (const { src, width } of pictures) if (width === 0) faults.push(`the picture ${src.slice(0, 80)} is not there`);
  const { cells } = await readNotebook(notebook ?? "");
  const text = JSON.stringify(cells);
  const expected = cells.map(expectedOf).reduce((sum, { images, charts }) => sum + images + charts, 0);
  if (pictures.length !== expected) faults.push(`of ${expected} pictures and charts ${pictures.length} are shown`);
  const gifs = (of: string) => of.split("data:image/gif").length - 1;
  const kept = gifs(pictures.map(({ src }) => src.slice(0, 20)).join());
  if (kept !== gifs(text)) faults.push(`of ${gifs(text)} GIFs ${kept} are kept`);
} finally {
  await browser.close();
}
console.log(JSON.stringify(faults));
