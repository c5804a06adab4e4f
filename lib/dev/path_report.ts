/**
 * Compares poses chosen one by one with poses chosen as a sequence, over the choreographies' own descriptions, whole and with
 * every other word left out: `deno task paths`. It writes `outputs/showcase/paths.json`; ids of choreographies after it
 * compare only these and write nothing.
 *
 * @module
 */
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { writeFile } from "../media/mod.ts";
import { choosePath, type Path, type PathCandidate } from "../motion/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { LANGUAGES } from "../text/mod.ts";

/** How many candidates a move has. */
const CANDIDATES = 5;
const FILE = "outputs/showcase/paths.json";

/** What is searched for: a move's words, or every other one of them, so that there is something to choose. */
const QUERIES: Record<string, (description: string) => string> = {
  whole: (description) => description,
  half: (description) => description.split(" ").filter((_, i) => i % 2 === 0).join(" "),
};

const library = await loadLibrary();
await using retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(library));
const ids = Deno.args.length > 0 ? Deno.args : library.choreographies.map(({ id }) => id);

/** What choices come to, summed. */
interface Sum {
  right: number;
  travel: number;
  replants: number;
  baseChanges: number;
}
const none = (): Sum => ({ right: 0, travel: 0, replants: 0, baseChanges: 0 });
const report: Record<string, { moves: number; greedy: Sum; path: Sum }> = {};

for (const [name, query] of Object.entries(QUERIES)) {
  const sums = { moves: 0, greedy: none(), path: none() };
  for (const id of ids) {
    const dance = library.choreography(id);
    if (!dance) throw new RangeError(`Cannot compare paths: the library has no choreography "${id}"`);
    for (const language of LANGUAGES) {
      const candidates: PathCandidate[][] = [];
      for (const move of dance.moves) {
        const hits = await retriever.search(query(move.describe[language]), CANDIDATES);
        candidates.push(hits.flatMap(({ id, score }) => {
          const pose = library.pose(id)?.pose;
          return pose ? [{ id, score, pose }] : [];
        }));
      }
      const chosen = choosePath(candidates);
      sums.moves += dance.moves.length;
      for (const kind of ["greedy", "path"] as const) {
        const { choice, travel, replants, baseChanges }: Path = chosen[kind];
        const right = choice.filter((k, i) => candidates[i]?.[k]?.id === dance.moves[i]?.pose).length;
        sums[kind].right += right;
        sums[kind].travel += travel;
        sums[kind].replants += replants;
        sums[kind].baseChanges += baseChanges;
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

if (Deno.args.length === 0) {
  const json = `${JSON.stringify({ retriever: retriever.name, candidates: CANDIDATES, ...report }, null, 2)}\n`;
  await writeFile(FILE, new TextEncoder().encode(json), new AbortController().signal);
  console.log(FILE);
}
