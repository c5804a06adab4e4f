import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { createMotion, type Motion } from "../motion/mod.ts";
import { add, distance, type Joint, JOINTS, rotate, type Vec3 } from "../skeleton/mod.ts";
import { encode } from "./save.ts";
import { armsKey, macarena } from "./testdata/motions.ts";

interface Node {
  readonly name: string;
  readonly offset: Vec3;
  readonly channels: readonly string[];
  readonly children: Node[];
}

/** Reads BVH: its hierarchy, its pace, its lines of numbers. */
function readBvh(text: string): { root: Node; step: number; lines: number[][] } {
  const words = text.split(/\s+/);
  let at = 0;
  const next = () => words[at++] ?? "";
  const numbers = (count: number) => Array.from({ length: count }, () => Number(next()));
  const node = (): Node => {
    const name = next();
    assert.equal(next(), "{");
    assert.equal(next(), "OFFSET");
    const offset = numbers(3) as unknown as Vec3;
    const channels: string[] = [];
    const children: Node[] = [];
    for (let word = next(); word !== "}"; word = next()) {
      if (word === "CHANNELS") channels.push(...Array.from({ length: Number(next()) }, next));
      else children.push(node());
    }
    return { name, offset, channels, children };
  };
  assert.deepEqual([next(), next()], ["HIERARCHY", "ROOT"]);
  const root = node();
  assert.deepEqual([next(), next()], ["MOTION", "Frames:"]);
  const [count = 0] = numbers(1);
  assert.deepEqual([next(), next()], ["Frame", "Time:"]);
  const [step = 0] = numbers(1);
  const lines = text.trimEnd().split("\n").slice(-count).map((line) => line.split(" ").map(Number));
  return { root, step, lines };
}

const AXES: Readonly<Record<string, Vec3>> = { X: [1, 0, 0], Y: [0, 1, 0], Z: [0, 0, 1] };

/** Forward kinematics: where every node is in a frame. */
function placesOf(root: Node, line: readonly number[]): Map<string, Vec3> {
  const places = new Map<string, Vec3>();
  let at = 0;
  const walk = ({ name, offset, channels, children }: Node, from: Vec3, turn: (v: Vec3) => Vec3) => {
    let place = add(from, turn(offset));
    let own = turn;
    for (const channel of channels) {
      const value = line[at++] ?? NaN;
      const axis = AXES[channel[0] ?? ""] ?? [NaN, NaN, NaN];
      if (channel.endsWith("position")) place = add(place, axis.map((part) => part * value) as unknown as Vec3);
      else {
        const before = own;
        own = (v) => before(rotate(v, axis, value));
      }
    }
    places.set(name, place);
    for (const child of children) walk(child, place, own);
  };
  walk(root, [0, 0, 0], (v) => v);
  assert.equal(at, line.length);
  return places;
}

async function worst(motion: Motion, fps: number): Promise<number> {
  const { root, step, lines } = readBvh(new TextDecoder().decode(await encode(motion, "bvh", { fps })));
  let most = 0;
  lines.forEach((line, i) => {
    const places = placesOf(root, line);
    const { joints } = motion.poseAt(i * step);
    for (const joint of JOINTS) most = Math.max(most, distance(places.get(joint) ?? [NaN, NaN, NaN], joints[joint]));
  });
  return most;
}

Deno.test("a BVH of the Macarena has our joints in every frame, 0.1 mm near", async () => {
  const far = await worst(await macarena(), 30);
  assert.ok(far < 1e-4, `${far} m`);
});

Deno.test("a BVH has our joints in every pose of the library", async () => {
  const { poses } = await loadLibrary();
  const motion: Motion = {
    seconds: poses.length / 10,
    loop: true,
    keys: [],
    poseAt: (time) => poses[Math.round(time * 10)]?.pose ?? armsKey(0, 0).pose,
    planning: () => [],
  };
  const far = await worst(motion, 10);
  assert.ok(far < 1e-4, `${far} m`);
});

Deno.test("a BVH tells the frames' number and time", async () => {
  const motion = createMotion([armsKey(0, 0), armsKey(175, 90)], { bpm: 60, loop: false });
  const { root, step, lines } = readBvh(new TextDecoder().decode(await encode(motion, "bvh", { fps: 25 })));
  assert.equal(lines.length, 50);
  assert.ok(Math.abs(step - 0.04) < 1e-9);
  assert.equal(root.name satisfies string, "pelvis" satisfies Joint);
});
