/** `pose poses check`: whether a file of poses, or of a dance, keeps the rules of the library. */
import { basename, dirname, join } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { caption, posecodes } from "../describe/mod.ts";
import { drawPose, drawSheet } from "../draw/mod.ts";
import {
  checkDescriptions,
  checkFileName,
  checkMoves,
  checkPoseFile,
  type Choreography,
  choreographySchema,
  composePose,
  createTextCheck,
  describedPoses,
  duplicatesAmong,
  LibraryError,
  libraryFile,
  type LibraryPose,
  namesTaken,
  nearestPose,
  parseJson,
  problemsOf,
  readLibrary,
  tellPlace,
} from "../library/mod.ts";
import { encodePng, writeFile } from "../media/mod.ts";
import { createHybridRetriever, findStrays } from "../retrieve/mod.ts";
import { nearestWord } from "../text/mod.ts";
import type { Terminal } from "./terminal.ts";

/** The names beside a file that someone may have meant. */
async function namesBeside(file: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(dirname(file)))).map(({ name }) => name);
  } catch {
    return [];
  }
}

async function readContent(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      const why = error instanceof Error ? error.message.replace(/ \(os error.*$/, "") : error;
      throw new RefusedError(`Cannot check "${file}": ${why}`);
    }
    const meant = nearestWord(basename(file), await namesBeside(file));
    const near = meant === undefined ? "" : `: did you mean "${join(dirname(file), meant)}"?`;
    throw new RefusedError(`Cannot check "${file}": there is no such file${near}`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new LibraryError([`${file}: ${error instanceof Error ? error.message : error}`], `"${file}"`);
  }
}

/** How `pose poses check` answers. */
export interface CheckPosesOptions {
  readonly json: boolean;
  /** Where all poses of the file are drawn, those that fail too. */
  readonly sheet?: string;
}

/** Says of a file whether it keeps the rules of the library, and if not, which poses, fields and words break them. */
export async function checkPoses(path: string, options: CheckPosesOptions, terminal: Terminal): Promise<void> {
  const content = await readContent(path);
  const file = libraryFile(path);
  const isDance = typeof content === "object" && content !== null && "moves" in content;
  await (isDance ? checkDance : checkPosesOf)(content, file, options, terminal);
}

async function checkPosesOf(
  content: unknown,
  file: string,
  { json, sheet }: CheckPosesOptions,
  terminal: Terminal,
): Promise<void> {
  const { checked, problems } = checkPoseFile(content, file);
  const solved = checked.flatMap(({ pose }) => pose ?? []);
  if (sheet !== undefined && solved.length > 0) {
    const picture = await drawSheet(solved.map(({ pose }) => pose), { captions: solved.map(({ id }) => id) });
    await writeFile(sheet, encodePng(picture), terminal.signal);
    terminal.say(`Saved: ${sheet}`);
  }
  const { library: { poses: others, choreographies }, problems: elsewhere } = await readLibrary(undefined, file);
  const checkTexts = createTextCheck(others, choreographies);
  const ids = new Set(solved.map(({ id }) => id));
  const all = [
    ...problems,
    ...checked.flatMap(({ id, problems: own, pose }) =>
      [...own, ...(pose ? [...impossible(pose, others), ...checkDescriptions(pose), ...checkTexts(pose)] : [])]
        .map((problem) => `${file}: pose "${id}": ${problem}`)
    ),
    ...duplicatesAmong([...others, ...solved]),
    ...elsewhere,
  ];
  if (json) terminal.json({ file, poses: checked.map(({ id }) => id), problems: all });
  if (all.length > 0) throw new LibraryError(all, `"${file}"`);
  for (const one of solved) {
    const codes = posecodes(one.pose);
    const picture = join("outputs", `${one.id}.png`);
    await writeFile(picture, encodePng(await drawPose(one.pose)), terminal.signal);
    if (json) continue;
    terminal.say(`${one.id}: verified; picture: ${picture}`);
    for (const language of ["en", "ru"] as const) terminal.say(`  ${caption(codes, { language, length: "long" })}`);
    const near = nearestPose(one.pose, others.filter(({ id }) => !ids.has(id)));
    if (near) terminal.say(`  nearest: ${near.nearest.id}, ${tellDistance(one, near)}`);
  }
}

/** How far a pose is from its nearest; of one with the same joints, what in its words is another. */
function tellDistance(
  { notation }: LibraryPose,
  { nearest, distance }: { readonly nearest: LibraryPose; readonly distance: number },
): string {
  if (distance >= 0.0005) return `${(distance * 100).toFixed(1)} cm a joint apart`;
  const keys = new Set([...Object.keys(notation), ...Object.keys(nearest.notation)]);
  const differ = [...keys].filter((key) =>
    JSON.stringify(Reflect.get(notation, key)) !== JSON.stringify(Reflect.get(nearest.notation, key))
  );
  return `with the same joints: only ${differ.join(", ")} differ${differ.length === 1 ? "s" : ""}`;
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

async function checkDance(
  content: unknown,
  file: string,
  { json }: CheckPosesOptions,
  terminal: Terminal,
): Promise<void> {
  const { library, problems: elsewhere } = await readLibrary(undefined, file);
  const parsed = choreographySchema.safeParse(content);
  // Of a library that could not all be read, nothing tells which poses there are.
  const own = !parsed.success
    ? problemsOf(parsed.error, content, choreographySchema)
    : elsewhere.length === 0
    ? await problemsOfDance(parsed.data, file, library.poses)
    : [];
  const all = [
    ...own.map((problem) => `${file}: ${problem}`),
    ...(parsed.success ? namesTaken([...library.choreographies, parsed.data]) : []),
    ...elsewhere,
  ];
  if (json) terminal.json({ file, problems: all });
  if (all.length > 0) throw new LibraryError(all, `"${file}"`);
  if (json || !parsed.success) return;
  const { id, name, moves } = parsed.data;
  terminal.say(`${id}: ${moves.length} moves, each as its pose is and found by its own words`);
  terminal.say(
    file.startsWith("poses/")
      ? `  dance it: make dance REQUEST="${name.en}"`
      : `  put it into poses/dances/${id}.json; then dance it: make dance REQUEST="${name.en}"`,
  );
}

/** What is wrong with a dance of the right form: its name, its words, the poses that they find. */
async function problemsOfDance(dance: Choreography, file: string, poses: readonly LibraryPose[]): Promise<string[]> {
  const wrong = [...checkFileName(dance, file), ...checkMoves(dance, poses)];
  if (wrong.length > 0 || poses.length === 0) return wrong;
  await using retriever = createHybridRetriever(describedPoses({ poses }), { embeddings: false });
  const strays = await findStrays(dance, (text) => retriever.search(text, 1));
  return strays.map(({ index, language, text, pose, found }) => {
    const meant = poses.find(({ id }) => id === pose);
    const more = meant ? `, as in "${caption(posecodes(meant.pose), { language, length: "long" })}"` : "";
    const finds = found ? `finds "${found.id}" (${found.score.toFixed(2)})` : "finds nothing";
    return `${tellPlace(["moves", index, "describe", language])}: "${text}" ${finds}, not "${pose}": ` +
      `say more of the whole figure${more}`;
  });
}
