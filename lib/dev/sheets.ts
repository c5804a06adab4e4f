/**
 * Draws the whole library as contact sheets, a theme each, into `outputs/showcase/poses`: `deno task sheets`.
 *
 * @module
 */
import { drawSheet } from "../draw/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { encodePng, writeFile } from "../media/mod.ts";

const FOLDER = "outputs/showcase/poses";
const { signal } = new AbortController();

const { poses } = await loadLibrary();
for (const [theme, of] of Map.groupBy(poses, ({ theme }) => theme)) {
  const picture = await drawSheet(of.map(({ pose }) => pose), {
    captions: of.map(({ id }) => id.replaceAll("_", " ")),
    size: 150,
    columns: 10,
    lines: 3,
  });
  await writeFile(`${FOLDER}/${theme}.png`, encodePng(picture), signal);
  console.log(`${FOLDER}/${theme}.png: ${of.length} poses`);
}
