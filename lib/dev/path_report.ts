/**
 * Compares poses chosen one by one with poses chosen as a sequence, over the choreographies' own descriptions, whole and with
 * every other word left out: `deno task paths`. It writes `outputs/showcase/paths.json` and, both ways of one dance side by
 * side, `outputs/showcase/greedy_and_sequence.gif`; ids of choreographies after it compare only these and write nothing.
 *
 * @module
 */
import { type Choreography, describedPoses, type LibraryPose, loadLibrary } from "../library/mod.ts";
import { save, writeFile } from "../media/mod.ts";
import { choosePath, motionOf, type Path } from "../motion/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";

/** How many candidates a move has. */
const CANDIDATES = 5;
const FILE = "outputs/showcase/paths.json";
/** The dance that is shown, half of its words left out. */
const SHOWN = "cha_cha";
const PICTURE = "outputs/showcase/greedy_and_sequence.gif";

/** What is searched for: a move's words, or every other one of them, so that there is something to choose. */
const QUERIES = {
  whole: (description: string) => description,
  half: (description: string) => description.split(" ").filter((_, i) => i % 2 === 0).join(" "),
};

const library = await loadLibrary();
await using retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(library));
const ids = Deno.args.length > 0 ? Deno.args : library.choreographies.map(({ id }) => id);

function danceOf(id: string): Choreography {
  const dance = library.choreography(id);
  if (!dance) throw new RangeError(`Cannot compare paths: the library has no choreography "${id}"`);
  return dance;
}

/** The poses that a choice is, and how many of them are the choreography's own. */
interface Chosen extends Path {
  readonly poses: readonly LibraryPose[];
  readonly right: number;
}

/** Chooses a pose for every move of a dance, by the words that are left of its description. */
async function choose(
  { moves }: Choreography,
  language: Language,
  wordsOf: (description: string) => string,
): Promise<{ greedy: Chosen; path: Chosen }> {
  const candidates: { id: string; score: number; pose: LibraryPose["pose"]; found: LibraryPose }[][] = [];
  for (const { describe } of moves) {
    const hits = await retriever.search(wordsOf(describe[language]), CANDIDATES);
    candidates.push(hits.flatMap(({ id, score }) => {
      const found = library.pose(id);
      return found ? [{ id, score, pose: found.pose, found }] : [];
    }));
  }
  const chosenBy = (path: Path): Chosen => {
    const poses = path.choice.flatMap((k, i) => candidates[i]?.[k]?.found ?? []);
    return { ...path, poses, right: poses.filter(({ id }, i) => id === moves[i]?.pose).length };
  };
  const { greedy, path } = choosePath(candidates);
  return { greedy: chosenBy(greedy), path: chosenBy(path) };
}

/** What choices come to, summed. */
interface Sum {
  right: number;
  travel: number;
  replants: number;
  baseChanges: number;
}
const none = (): Sum => ({ right: 0, travel: 0, replants: 0, baseChanges: 0 });
const report: Record<string, { moves: number; greedy: Sum; path: Sum }> = {};

for (const [name, wordsOf] of Object.entries(QUERIES)) {
  const sums = { moves: 0, greedy: none(), path: none() };
  for (const dance of ids.map(danceOf)) {
    for (const language of LANGUAGES) {
      const chosen = await choose(dance, language, wordsOf);
      sums.moves += dance.moves.length;
      for (const kind of ["greedy", "path"] as const) {
        for (const what of ["right", "travel", "replants", "baseChanges"] as const) {
          sums[kind][what] += chosen[kind][what];
        }
      }
    }
  }
  report[name] = sums;
  for (const kind of ["greedy", "path"] as const) {
    const { right, travel, replants, baseChanges } = sums[kind];
    console.log(
      `${name.padEnd(6)} ${kind.padEnd(6)} right ${right} of ${sums.moves}, ${travel.toFixed(1)} m, ` +
        `${replants} feet set down, ${baseChanges} times down or up`,
    );
  }
}

/** Saves both ways of one dance side by side. @returns what they are. */
async function show(): Promise<object> {
  const dance = danceOf(SHOWN);
  const moves = dance.moves.map((move) => ({
    ...move,
    describe: { ...move.describe, en: QUERIES.half(move.describe.en) },
  }));
  const { greedy, path } = await choose(dance, "en", QUERIES.half);
  const ways = [{ name: "one by one", ...greedy }, { name: "as a sequence", ...path }];
  const motions = ways.map(({ poses }) => motionOf(library, { ...dance, moves }, poses));
  const labels = ways.map(({ name, right }) => `${name}: ${right} of ${moves.length} right`);
  const { bytes } = await save(motions, PICTURE, { size: 240, fps: 15, labels });
  console.log(`${PICTURE}: ${labels.join(", ")}; ${Math.round(bytes / 1000)} kB`);
  const figuresOf = ({ right, travel, replants, baseChanges }: Chosen) => ({ right, travel, replants, baseChanges });
  return {
    dance: SHOWN,
    greedy: figuresOf(greedy),
    path: figuresOf(path),
    moves: moves.map(({ describe, pose }, i) => ({
      query: describe.en,
      pose,
      greedy: greedy.poses[i]?.id,
      path: path.poses[i]?.id,
    })),
  };
}

if (Deno.args.length === 0) {
  const shown = await show();
  const json = `${JSON.stringify({ retriever: retriever.name, candidates: CANDIDATES, ...report, shown }, null, 2)}\n`;
  await writeFile(FILE, new TextEncoder().encode(json), new AbortController().signal);
  console.log(FILE);
}
