/** `pose poses`: what the library holds and covers. */
import { RefusedError } from "../agent/mod.ts";
import { drawSheet } from "../draw/mod.ts";
import { coverageOf, HELD, loadLibrary } from "../library/mod.ts";
import { encodePng, writeFile } from "../media/mod.ts";
import type { Terminal } from "./terminal.ts";

/** Lists the library's poses, all or one theme's; with `--sheet`, draws them on one contact sheet. */
export async function listPoses(
  options: { readonly theme?: string; readonly sheet?: string; readonly json: boolean },
  terminal: Terminal,
): Promise<void> {
  const library = await loadLibrary();
  const themes = [...new Set(library.poses.map(({ theme }) => theme))];
  if (options.theme !== undefined && !themes.includes(options.theme)) {
    throw new RefusedError(`Cannot list the theme "${options.theme}": the themes are ${themes.join(", ")}`);
  }
  const poses = library.poses.filter(({ theme }) => options.theme === undefined || theme === options.theme);
  if (options.sheet !== undefined) {
    const picture = await drawSheet(poses.map(({ pose }) => pose), { captions: poses.map(({ id }) => id) });
    await writeFile(options.sheet, encodePng(picture), terminal.signal);
    terminal.say(`Saved: ${options.sheet}`);
  }
  if (options.json) return terminal.json(poses.map(({ id, theme, describe, pose }) => ({ id, theme, describe, pose })));
  const width = Math.max(...poses.map(({ id }) => id.length));
  for (const { id, describe } of poses) terminal.say(`${id.padEnd(width)}  ${describe.en[0]}`);
  terminal.say(`${poses.length} poses, all verified; dances: ${library.choreographies.map(({ id }) => id).join(", ")}`);
}

/** Tells how many poses of each theme hold arms and legs in each direction. */
export async function tellCoverage(json: boolean, terminal: Terminal): Promise<void> {
  const { poses } = await loadLibrary();
  const coverage = coverageOf(poses);
  if (json) return terminal.json(coverage);
  const { themes } = coverage;
  const wide = Math.max(...HELD.map((held) => held.length));
  for (const limb of ["arm", "leg"] as const) {
    terminal.say(`${limb === "arm" ? "Arms" : "Legs"}: poses by theme and by where one of the two points`);
    themes.forEach((theme, i) => terminal.say(`${" ".repeat(wide)} ${"   │".repeat(i)}   ┌ ${theme}`));
    for (const held of HELD) {
      const row = coverage[limb][held] ?? {};
      const counts = themes.map((theme) => row[theme] ?? 0);
      if (held === "touching" && limb === "leg") continue;
      const sum = counts.reduce((a, b) => a + b, 0);
      terminal.say(
        `${held.padEnd(wide)} ${counts.map((n) => (n === 0 ? "·" : String(n)).padStart(4)).join("")}${
          String(sum).padStart(6)
        }`,
      );
    }
    terminal.say("");
  }
  terminal.say(`${poses.length} poses in ${themes.length} themes`);
}
