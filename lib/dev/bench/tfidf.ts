/** TF-IDF over the library's descriptions: ours and scikit-learn's. */
import { describedPoses, loadLibrary } from "../../library/mod.ts";
import { readQueries } from "../../retrieve/mod.ts";
import { startContestant } from "./contestant.ts";
import { alternate, cpuTimes, type Part, type PartOptions, times } from "./part.ts";
import type { Round } from "./contestant.ts";
import { type Row, rowOf } from "./row.ts";

/** Scores are the same when they differ by no more than rounding does. */
const SAME_SCORE = 1e-5;

/** The development queries, one at a time; scikit-learn's also in other ways. */
export const tfidf: Part = async (options: PartOptions) => {
  const poses = describedPoses(await loadLibrary());
  const asked = await readQueries("poses/eval", "dev", new Set(poses.map(({ id }) => id)));
  const descriptions = poses.flatMap((pose) => pose.descriptions);
  const queries = asked.map(({ query }) => query);
  await Deno.writeTextFile(".cache/bench/tfidf.json", JSON.stringify({ descriptions, queries }));

  await using ours = await startContestant("our_tfidf.ts");
  await using peer = await startContestant("sklearn_tfidf.py");
  const given = await alternate({
    ours: () => ours.round("one"),
    course: () => peer.round("one"),
    lean: () => peer.round("lean"),
    batch: () => peer.round("batch"),
  }, options);
  const same = agreement(given.ours, given.course);
  const each = (figures: readonly number[]) => figures.map((ms) => ms / queries.length);
  const rows = ([
    ["course", "scikit-learn, one at a time", "TF-IDF", 50],
    ["lean", "scikit-learn, one at a time, sparse product", undefined, undefined],
    ["batch", "scikit-learn, all queries at once", undefined, undefined],
  ] as const).flatMap(([way, name, label, target]): Row[] => {
    const text = { what: "a TF-IDF query", peer: name, ...(target !== undefined && { target }) };
    return [
      rowOf({ ...text, ...(label && { label }), unit: "ms" }, each(times(given.ours)), each(times(given[way]))),
      rowOf({ ...text, unit: "ms of CPU" }, each(cpuTimes(given.ours)), each(cpuTimes(given[way]))),
    ];
  });
  return {
    rows,
    versions: { ...ours.versions, ...peer.versions },
    notes: [
      `TF-IDF: ${queries.length} development queries over ${descriptions.length} descriptions of ${poses.length} poses, the ` +
      `best five; the best score is the same for ${same} of ${queries.length}. Ours ranks poses, each by its best ` +
      "description; scikit-learn's ranks descriptions. Both have their index ready before the clock starts.",
    ],
  };
};

/** For how many queries both found the same best score. */
function agreement([ours]: readonly Round[], [peer]: readonly Round[]): number {
  const [a, b] = [ours, peer].map((round) => round?.facts.scores as number[] ?? []);
  return a?.filter((score, i) => Math.abs(score - (b?.[i] ?? NaN)) < SAME_SCORE).length ?? 0;
}
