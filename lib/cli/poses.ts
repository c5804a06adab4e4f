/** `pose poses`: what the library holds and covers, and whether a file of it verifies. */
import { join } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { caption, posecodes } from "../describe/mod.ts";
import { drawPose, drawSheet } from "../draw/mod.ts";
import {
  checkDescriptions,
  checkMoves,
  checkPoseFile,
  choreographySchema,
  composePose,
  coverageOf,
  duplicatesAmong,
  HELD,
  LibraryError,
  type LibraryPose,
  loadLibrary,
  nearestPose,
  problemsOf,
} from "../library/mod.ts";
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

/** Says of each pose of a file whether it verifies, and why not; if all do, what geometry says of them, with pictures. */
export async function checkPoses(
  file: string,
  { json, sheet }: { readonly json: boolean; readonly sheet?: string },
  terminal: Terminal,
): Promise<void> {
  let content: unknown;
  try {
    content = JSON.parse(await Deno.readTextFile(file));
  } catch (error) {
    throw new RefusedError(`Cannot check "${file}": ${error instanceof Error ? error.message : error}`);
  }
  if (typeof content === "object" && content !== null && "moves" in content) {
    return await checkDance(content, file, json, terminal);
  }
  const { checked, problems } = checkPoseFile(content, file);
  const solved = checked.flatMap(({ pose }) => pose ?? []);
  if (sheet !== undefined && solved.length > 0) {
    const picture = await drawSheet(solved.map(({ pose }) => pose), { captions: solved.map(({ id }) => id) });
    await writeFile(sheet, encodePng(picture), terminal.signal);
    terminal.say(`Saved: ${sheet}`);
  }
  const library = await loadLibrary();
  const others = library.poses.filter(({ id }) => !solved.some((pose) => pose.id === id));
  const all = [
    ...problems,
    ...checked.flatMap(({ id, problems: own, pose }) =>
      [...own, ...(pose ? [...impossible(pose, others), ...checkDescriptions(pose)] : [])]
        .map((problem) => `${file}: pose "${id}": ${problem}`)
    ),
    ...duplicatesAmong([...others, ...solved]).map((problem) => `${file}: ${problem}`),
  ];
  if (json) terminal.json({ file, poses: checked.map(({ id }) => id), problems: all });
  if (all.length > 0) throw new LibraryError(all);
  for (const one of solved) {
    const codes = posecodes(one.pose);
    const near = nearestPose(one.pose, others);
    const picture = join("outputs", `${one.id}.png`);
    await writeFile(picture, encodePng(await drawPose(one.pose)), terminal.signal);
    if (json) continue;
    terminal.say(`${one.id}: verified; picture: ${picture}`);
    for (const language of ["en", "ru"] as const) terminal.say(`  ${caption(codes, { language, length: "long" })}`);
    if (near) terminal.say(`  nearest: ${near.nearest.id}, ${(near.distance * 100).toFixed(1)} cm a joint apart`);
  }
}

/** What in the words of a pose contradicts itself, or asks two hands for one place, though the joints would pass. */
function impossible({ notation, dynamic }: LibraryPose, poses: readonly LibraryPose[]): string[] {
  if (dynamic) return [];
  const composed = composePose(notation, poses);
  if (composed.kind === "composed") return [];
  const { nearest } = composed;
  return composed.reasons.map((reason) =>
    nearest ? `${reason} (the library's nearest pose is "${nearest.id}")` : reason
  );
}

/** Says of each move of a choreography whether its words are those of its pose. */
async function checkDance(content: unknown, file: string, json: boolean, terminal: Terminal): Promise<void> {
  const library = await loadLibrary();
  const parsed = choreographySchema.safeParse(content);
  const problems = parsed.success
    ? checkMoves(parsed.data, library.pose)
    : problemsOf(parsed.error, content, choreographySchema);
  if (json) terminal.json({ file, problems });
  if (problems.length > 0) throw new LibraryError(problems.map((problem) => `${file}: ${problem}`));
  if (!json && parsed.success) {
    terminal.say(`${parsed.data.id}: ${parsed.data.moves.length} moves, each as its pose is`);
  }
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
