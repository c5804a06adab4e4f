/**
 * Compares poses chosen one by one with poses chosen as a sequence, for the dances whose ids are given: `deno task paths`.
 *
 * @module
 */
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { choosePath, type Path, type PathCandidate } from "../motion/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import { LANGUAGES } from "../text/mod.ts";

/** How many candidates a move has. */
const CANDIDATES = 5;

const library = await loadLibrary();
await using retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(library));
const ids = Deno.args.length > 0 ? Deno.args : library.choreographies.map(({ id }) => id);
const sums = {
  moves: 0,
  greedyRight: 0,
  pathRight: 0,
  greedyTravel: 0,
  pathTravel: 0,
  greedyReplants: 0,
  pathReplants: 0,
};

for (const id of ids) {
  const dance = library.choreography(id);
  if (!dance) throw new RangeError(`Cannot compare paths: the library has no choreography "${id}"`);
  for (const language of LANGUAGES) {
    const candidates: PathCandidate[][] = [];
    for (const move of dance.moves) {
      // Every other word of the move's: by all its words a move finds its pose, and there is nothing to choose.
      const query = move.describe[language].split(" ").filter((_, i) => i % 2 === 0).join(" ");
      const hits = await retriever.search(query, CANDIDATES);
      candidates.push(hits.flatMap(({ id, score }) => {
        const pose = library.pose(id)?.pose;
        return pose ? [{ id, score, pose }] : [];
      }));
    }
    const { path, greedy } = choosePath(candidates);
    const right = ({ choice }: Path) => choice.filter((k, i) => candidates[i]?.[k]?.id === dance.moves[i]?.pose).length;
    const tell = (name: string, one: Path) =>
      `${name}: ${right(one)} of ${dance.moves.length} right, score ${one.score.toFixed(2)}, ${
        one.travel.toFixed(2)
      } m, ` +
      `${one.replants} feet set down, ${one.baseChanges} times down or up, ${one.flips} mirrored, ${one.repeats} repeated`;
    console.log(`${id} ${language}\n  ${tell("greedy", greedy)}\n  ${tell("path  ", path)}`);
    sums.moves += dance.moves.length;
    sums.greedyRight += right(greedy);
    sums.pathRight += right(path);
    sums.greedyTravel += greedy.travel;
    sums.pathTravel += path.travel;
    sums.greedyReplants += greedy.replants;
    sums.pathReplants += path.replants;
  }
}
console.log(
  `${sums.moves} moves: right ${sums.greedyRight} greedy, ${sums.pathRight} as a path; travel ` +
    `${sums.greedyTravel.toFixed(1)} m, ${sums.pathTravel.toFixed(1)} m; feet set down ${sums.greedyReplants}, ` +
    `${sums.pathReplants}`,
);
