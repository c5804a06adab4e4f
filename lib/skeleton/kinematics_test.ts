import assert from "node:assert/strict";
import { segmentDistance } from "./capsules.ts";
import { solveReach } from "./ik.ts";
import { angle, distance, lerp, rotate, unit, type Vec3 } from "./vec.ts";

/** A seeded stream of numbers in 0…1 (mulberry32). */
function stream(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const point = (next: () => number): Vec3 => [next() - 0.5, next() - 0.5, next() - 0.5];

Deno.test("solveReach() keeps both bones' lengths and meets every target within reach", () => {
  const next = stream(1);
  for (let i = 0; i < 500; i++) {
    const [root, target, pole] = [point(next), point(next), point(next)];
    const { middle, end, miss } = solveReach(root, target, 0.31, 0.25, pole);
    assert.ok(Math.abs(distance(root, middle) - 0.31) < 1e-9);
    assert.ok(Math.abs(distance(middle, end) - 0.25) < 1e-9);
    const wanted = distance(root, target);
    if (wanted > 0.07 && wanted < 0.559) assert.ok(distance(end, target) < 1e-9 && miss < 1e-9);
  }
});

Deno.test("solveReach() stretches towards a target out of reach and says by how much it misses", () => {
  const { end, miss } = solveReach([0, 0, 0], [0, 2, 0], 0.3, 0.2, [0, 0, 1]);
  assert.ok(Math.abs(distance(end, [0, 0.5, 0])) < 1e-4);
  assert.ok(Math.abs(miss - 1.5) < 1e-4);
});

Deno.test("solveReach() bends towards the pole", () => {
  assert.ok(solveReach([0, 0, 0], [0, 0.3, 0], 0.3, 0.2, [1, 0, 0]).middle[0] > 0.1);
  assert.ok(solveReach([0, 0, 0], [0, 0.3, 0], 0.3, 0.2, [-1, 0, 0]).middle[0] < -0.1);
  // A pole along the target says nothing; any bend will do, but there must be one.
  const { middle } = solveReach([0, 0, 0], [0, 0.3, 0], 0.3, 0.2, [0, 1, 0]);
  assert.ok(Math.abs(distance([0, 0, 0], middle) - 0.3) < 1e-9);
});

Deno.test("segmentDistance() agrees with a search over both segments", () => {
  const next = stream(2);
  for (let i = 0; i < 60; i++) {
    const [a, b, c] = [point(next), point(next), point(next)];
    const d = i % 5 === 0
      ? c
      : i % 5 === 1
      ? lerp(c, [c[0] + b[0] - a[0], c[1] + b[1] - a[1], c[2] + b[2] - a[2]], 0.7)
      : point(next);
    let least = Infinity;
    for (let s = 0; s <= 100; s++) {
      for (let t = 0; t <= 100; t++) least = Math.min(least, distance(lerp(a, b, s / 100), lerp(c, d, t / 100)));
    }
    const exact = segmentDistance(a, b, c, d);
    assert.ok(exact <= least + 1e-9 && exact > least - 0.012, `${exact} ${least}`);
  }
});

Deno.test("rotate() turns right-handed by the angle asked for", () => {
  assert.ok(distance(rotate([0, 0, 1], [0, 1, 0], 90), [1, 0, 0]) < 1e-12);
  const next = stream(3);
  for (let i = 0; i < 50; i++) {
    const axis = unit(point(next));
    const v = unit(rotate([axis[1], -axis[0], 0], axis, 360 * next()));
    assert.ok(Math.abs(angle(v, rotate(v, axis, 37)) - 37) < 1e-9);
  }
});
