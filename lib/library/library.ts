/** The pose library and the choreographies: read from `poses/`, solved, and verified before anyone sees them. */
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Notation, NotationError, poseFileSchema, type PoseSpec, solve, type Solved } from "../notation/mod.ts";
import { distinct, type Part, type Pose, poseDistance, verify } from "../skeleton/mod.ts";
import { nearestWord, nearestWords } from "../text/mod.ts";
import { namesTaken } from "./names_taken.ts";
import { parseJson } from "./parse_json.ts";
import { problemsOf, tellPlace, tellProblems } from "./problems.ts";

/** What people call a pose or a move, by language. */
export interface Descriptions {
  /** In English. */
  readonly en: readonly string[];
  /** In Russian. */
  readonly ru: readonly string[];
}

/** A verified pose. */
export interface LibraryPose {
  /** Its name, of lower-case words joined by `_`: `right_arm_forward`. */
  readonly id: string;
  /** Where it stands, such as `poses/arms.json`. */
  readonly file: string;
  /** The group that it belongs to, such as `arms`. */
  readonly theme: string;
  /** What people call it; retrieval finds it by these. */
  readonly describe: Descriptions;
  /** The words that it was solved from, as its file has them. */
  readonly notation: Notation;
  /** The body that the words make (m, world frame). */
  readonly pose: Pose;
  /** Pairs of parts that touch on purpose. */
  readonly contacts: readonly (readonly [Part, Part])[];
  /** Whether it is in the air, so that nothing needs to touch the floor. */
  readonly airborne: boolean;
  /** Whether the body is off its balance on purpose. */
  readonly dynamic: boolean;
}

const bilingual = z.strictObject({ en: z.string().trim().min(3), ru: z.string().trim().min(3) });
const aliases = z.array(z.string().trim().min(2));

/** A choreography file. */
export const choreographySchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, "must be lower-case words joined by _, and the file's name"),
  name: bilingual.meta({ description: "what it is called" }),
  aliases: z.strictObject({ en: aliases, ru: aliases }).meta({ description: "what else it is called" }),
  bpm: z.number().min(30).max(240).meta({ description: "beats a minute", examples: [100] }),
  moves: z.array(z.strictObject({
    describe: bilingual.meta({ description: "the whole figure, so that it retrieves by itself" }),
    pose: z.string().meta({
      description: "the id of the pose that it means, the answer key for checks only",
      examples: ["arms_up"],
    }),
    beats: z.number().min(0.25).max(16).meta({ description: "how many beats it lasts", examples: [1] }),
    turn: z.number().min(-720).max(720).optional()
      .meta({ description: "degrees that the figure has turned to its left when it gets here", examples: [180] }),
  })).min(2),
});

/** A sequence of moves on beats. */
export type Choreography = z.infer<typeof choreographySchema>;

/** All poses and choreographies. */
export interface Library {
  /** All of them, file by file. */
  readonly poses: readonly LibraryPose[];
  /** All of them, by id. */
  readonly choreographies: readonly Choreography[];
  /** The pose of that id; undefined where there is none. */
  pose(id: string): LibraryPose | undefined;
  /** The choreography of that id; undefined where there is none. */
  choreography(id: string): Choreography | undefined;
}

/** The poses as retrieval takes them: each by its id, told by its descriptions in both languages. */
export const describedPoses = (
  { poses }: Pick<Library, "poses">,
): { id: string; descriptions: string[]; pose: Pose }[] =>
  poses.map(({ id, describe, pose }) => ({ id, descriptions: [...describe.en, ...describe.ru], pose }));

/** The library's files hold something that is not right; every problem found is listed. */
export class LibraryError extends Error {
  /** Tells it apart where classes can't. */
  override name = "LibraryError";
  /**
   * Lists the first problems in its message, and all of them in `problems`.
   *
   * @param problems a line each: file, pose, field, value, and what would be right. @param what cannot be used.
   */
  constructor(readonly problems: readonly string[], what = "the pose library") {
    super(tellProblems(`Cannot use ${what}`, problems));
  }
}

/** The folder `poses/` of this checkout. */
const POSES = new URL("../../poses/", import.meta.url);

/** How the library calls a file, as in `poses/mine.json`; a file elsewhere keeps its path. */
export function libraryFile(path: string): string {
  const inside = relative(fileURLToPath(new URL("../", POSES)), resolve(path)).replaceAll("\\", "/");
  return /^poses\/(dances\/)?[^/]+$/.test(inside) ? inside : path;
}

/** One file's content as JSON, or what is wrong with it. */
async function readJson(url: URL, file: string, problems: string[]): Promise<unknown> {
  try {
    return parseJson(await Deno.readTextFile(url));
  } catch (error) {
    problems.push(`${file}: ${error instanceof SyntaxError ? error.message : String(error)}`);
    return undefined;
  }
}

async function filesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (entry.isFile && entry.name.endsWith(".json") && !entry.name.endsWith(".schema.json")) names.push(entry.name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return names.sort();
}

/** A pose that verified, or what it breaks. */
export interface Checked {
  /** The pose's id, as its file has it. */
  readonly id: string;
  /** What it breaks, a line each; none for a pose that verified. */
  readonly problems: readonly string[];
  /** The pose, where nothing is broken. */
  readonly pose?: LibraryPose;
}

/** What to try where a limb goes through the body. */
const WAY_OUT = "give that limb another direction or level, bend it, or let its hand touch the place";

/**
 * Solves and verifies one pose of a file.
 *
 * @param spec the pose as its file has it, already of the right form. @param file its name.
 */
export function checkPose(spec: PoseSpec, file: string): Checked {
  const { id, theme, view, describe, dynamic, ...notation } = spec;
  let solved: Solved;
  try {
    solved = solve(notation);
  } catch (error) {
    if (error instanceof NotationError) return { id, problems: [error.message] };
    throw error;
  }
  const problems = [
    ...solved.notes,
    ...verify(solved.pose, { ...solved, dynamic: dynamic !== undefined }).map(({ code, message }) =>
      code === "penetration" ? `${message}: ${WAY_OUT}` : message
    ),
  ];
  const pose: Pose = { id, ...solved.pose, ...(view !== undefined && { view }) };
  const { contacts, airborne } = solved;
  return {
    id,
    problems,
    pose: { id, file, theme, describe, notation, pose, contacts, airborne, dynamic: dynamic !== undefined },
  };
}

/**
 * Reads the poses of one parsed file and checks each.
 *
 * @param content parsed JSON. @param file its name, for messages.
 * @returns every pose with its problems, and problems of the file as a whole.
 */
export function checkPoseFile(content: unknown, file: string): { checked: Checked[]; problems: string[] } {
  if (typeof content === "object" && content !== null && !("poses" in content) && "describe" in content) {
    return { checked: [], problems: [`${file}: is a pose by itself: wrap it: {"poses": [ … ]}`] };
  }
  if (Array.isArray(content)) {
    return { checked: [], problems: [`${file}: is a list by itself: wrap it: {"poses": [ … ]}`] };
  }
  const parsed = poseFileSchema.safeParse(content);
  if (!parsed.success) {
    return { checked: [], problems: problemsOf(parsed.error, content, poseFileSchema).map((p) => `${file}: ${p}`) };
  }
  return { checked: parsed.data.poses.map((spec) => checkPose(spec, file)), problems: [] };
}

/**
 * The pose of a list that is nearest to a pose: the least mean distance of joints, turned and placed as they are.
 *
 * @returns the pose and that distance in metres; undefined for an empty list.
 */
export function nearestPose<P extends { readonly pose: Pose }>(
  pose: Pose,
  poses: readonly P[],
): { readonly nearest: P; readonly distance: number } | undefined {
  return poses.map((nearest) => ({ nearest, distance: poseDistance(pose, nearest.pose) }))
    .reduce<{ nearest: P; distance: number } | undefined>((a, b) => a && a.distance <= b.distance ? a : b, undefined);
}

/** The pairs of poses that are the same pose twice, or have the same id. */
export function duplicatesAmong(poses: readonly LibraryPose[]): string[] {
  return poses.flatMap((a, i) =>
    poses.slice(i + 1).flatMap((b) => {
      if (a.id === b.id) return [`${b.file}: pose "${b.id}": id: a pose of ${a.file} has it: choose another`];
      return distinct(a.pose, b.pose) ? [] : [
        `${b.file}: pose "${b.id}" is the same as "${a.id}" of ${a.file}: no joint is 4 cm, no palm 30°, ` +
        "no gaze 15° apart; keep one, with both descriptions",
      ];
    })
  );
}

/** Says that the library has no such pose, or dance, and which may be meant. */
export function tellUnknown(kind: "pose" | "dance", id: string, known: readonly string[]): string {
  const meant = nearestWord(id, known);
  const nearest = meant === undefined
    ? `nearest are ${nearestWords(id, known, 3).join(", ")}`
    : `did you mean "${meant}"?`;
  return `The library has no ${kind} "${id}": ${nearest}`;
}

/**
 * The pose of an id that someone wrote.
 *
 * @throws {RangeError} where there is none: it names the nearest one.
 */
export function poseNamed({ pose, poses }: Library, id: string): LibraryPose {
  const known = pose(id);
  if (!known) throw new RangeError(tellUnknown("pose", id, poses.map((one) => one.id)));
  return known;
}

/** What is wrong with a choreography's file beyond its form: its name. */
export const checkFileName = ({ id }: Choreography, file: string): string[] => {
  const name = file.replace(/^.*[\\/]/, "").replace(/\.json$/, "");
  return id === name ? [] : [
    `${file}: id: "${id}" must be "${name}", as the file is called ${name}.json; or rename the file to ${id}.json`,
  ];
};

/** A line for each move whose pose there isn't. */
export const checkPosesThere = ({ moves }: Choreography, poses: readonly LibraryPose[]): string[] => {
  const known = poses.map(({ id }) => id);
  return moves.flatMap(({ pose }, i) =>
    known.includes(pose) ? [] : [`${tellPlace(["moves", i, "pose"])}: ${tellUnknown("pose", pose, known)}`]
  );
};

/** What the library's files hold, and what is not right in them, a line each. */
export interface LibraryReading {
  /** What is right of it. */
  readonly library: Library;
  /** Every file, pose, field and value that is not right. */
  readonly problems: readonly string[];
}

/**
 * Reads the library as far as it is right.
 *
 * @param folder holds `*.json` and `dances/*.json`; the checkout's `poses/` unless said.
 * @param without a file that is left out, such as `poses/mine.json`.
 */
export async function readLibrary(folder: URL = POSES, without?: string): Promise<LibraryReading> {
  const problems: string[] = [];
  const poses: LibraryPose[] = [];
  for (const name of await filesIn(folder)) {
    const file = `poses/${name}`;
    if (file === without) continue;
    const content = await readJson(new URL(name, folder), file, problems);
    if (content === undefined) continue;
    const result = checkPoseFile(content, file);
    problems.push(...result.problems);
    for (const { id, pose, problems: own } of result.checked) {
      problems.push(...own.map((problem) => `${file}: pose "${id}": ${problem}`));
      if (pose) poses.push(pose);
    }
  }
  // Whose poses could not be read says nothing of the dances that use them.
  const areAllThere = problems.length === 0 && !without?.match(/^poses\/[^/]+$/);
  problems.push(...duplicatesAmong(poses));
  const byId = new Map(poses.map((pose) => [pose.id, pose]));

  const choreographies: Choreography[] = [];
  const dances = new URL("dances/", folder);
  for (const name of await filesIn(dances)) {
    const file = `poses/dances/${name}`;
    if (file === without) continue;
    const content = await readJson(new URL(name, dances), file, problems);
    if (content === undefined) continue;
    const parsed = choreographySchema.safeParse(content);
    if (!parsed.success) {
      problems.push(...problemsOf(parsed.error, content, choreographySchema).map((problem) => `${file}: ${problem}`));
      continue;
    }
    problems.push(...checkFileName(parsed.data, file));
    if (areAllThere) problems.push(...checkPosesThere(parsed.data, poses).map((problem) => `${file}: ${problem}`));
    choreographies.push(parsed.data);
  }
  problems.push(...namesTaken(choreographies));
  if (poses.length === 0 && problems.length === 0) problems.push("poses/: holds no pose file");
  const library = {
    poses,
    choreographies,
    pose: (id: string) => byId.get(id),
    choreography: (id: string) => choreographies.find((dance) => dance.id === id),
  };
  return { library, problems };
}

/**
 * Loads the library: every pose solved and verified, every choreography's poses there.
 *
 * @param folder holds `*.json` and `dances/*.json`; the checkout's `poses/` unless said.
 * @throws {LibraryError} listing every file, pose, field and value that is not right.
 */
export async function loadLibrary(folder: URL = POSES): Promise<Library> {
  const { library, problems } = await readLibrary(folder);
  if (problems.length > 0) throw new LibraryError(problems);
  return library;
}
