import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { seededRandom } from "../retrieve/mod.ts";
import { choosePath, type PathCandidate } from "./choose_path.ts";

const library = await loadLibrary();
const poses = library.poses.slice(0, 60);

/** Moves with candidates of random poses and scores. */
function randomMoves(moves: number, each: number, seed: number): PathCandidate[][] {
  const random = seededRandom(seed);
  return Array.from({ length: moves }, () =>
    Array.from({ length: each }, () => {
      const { id, pose } = poses[Math.floor(random() * poses.length)] as typeof poses[0];
      return { id, pose, score: random() };
    }));
}

Deno.test("choosePath() finds the best of all sequences, in a loop and without", () => {
  for (const loop of [true, false]) {
    const candidates = randomMoves(4, 3, 7);
    const { path } = choosePath(candidates, { loop });
    let most = -Infinity;
    for (let code = 0; code < 3 ** 4; code++) {
      const one = [0, 1, 2, 3].map((i) => Math.floor(code / 3 ** i) % 3);
      // A sequence with one candidate a move is its own best path.
      const only = candidates.map((of, i) => [of[one[i] ?? 0] as PathCandidate]);
      most = Math.max(most, choosePath(only, { loop }).path.total);
    }
    assert.ok(Math.abs(path.total - most) < 1e-9, `${path.total} is not the most, ${most}`);
  }
});

Deno.test("choosePath() is never worse than the greedy choice by what it is chosen for, and is greedy at weight 0", () => {
  for (let seed = 1; seed < 20; seed++) {
    const candidates = randomMoves(8, 5, seed);
    const { path, greedy } = choosePath(candidates);
    assert.ok(path.total >= greedy.total - 1e-9);
    assert.ok(path.score <= greedy.score + 1e-9);
    assert.deepEqual(choosePath(candidates, { weight: 0 }).path.choice, greedy.choice);
  }
});

Deno.test("choosePath() prefers, of two candidates of a score, the one that is on the way", () => {
  const of = (id: string, score: number): PathCandidate => {
    const found = library.pose(id);
    assert.ok(found, id);
    return { id, pose: found.pose, score };
  };
  const { path, greedy } = choosePath([
    [of("standing", 0.9)],
    [of("plank", 0.51), of("half_squat", 0.5)],
    [of("squat", 0.9)],
  ]);
  assert.deepEqual(path.choice, [0, 1, 0]);
  assert.deepEqual(greedy.choice, [0, 0, 0]);
  assert.ok(path.travel < greedy.travel && path.baseChanges < greedy.baseChanges);
});

Deno.test("choosePath() refuses moves without candidates, and says which", () => {
  assert.throws(() => choosePath([]), /at least one move/);
  assert.throws(() => choosePath([...randomMoves(1, 2, 1), []]), /move 1 has no candidate/);
  assert.deepEqual(choosePath(randomMoves(1, 1, 1)).path.choice, [0]);
});
