import assert from "node:assert/strict";
import { angle, type Vec3, WORLD } from "../skeleton/mod.ts";
import { amountOf, directionOf, lean, NotationError, turn } from "./words.ts";

Deno.test("directionOf() points where Laban's words do, on each limb's own side", () => {
  const cases: [string, "left" | "right", Vec3][] = [
    ["forward middle", "left", [0, 0, 1]],
    ["side middle", "left", [1, 0, 0]],
    ["side middle", "right", [-1, 0, 0]],
    ["across middle", "right", [1, 0, 0]],
    ["place high", "left", [0, 1, 0]],
    ["place low", "right", [0, -1, 0]],
    ["side high", "right", [-1, 1, 0]],
    ["back low", "left", [0, -1, -1]],
    ["forward-side middle", "left", [1, 0, 1]],
    ["back-across middle", "left", [-1, 0, -1]],
  ];
  for (const [phrase, side, expected] of cases) {
    assert.ok(angle(directionOf(phrase, WORLD, side), expected) < 1e-6, `${phrase} of the ${side}`);
  }
  assert.ok(Math.abs(angle(directionOf("forward 30", WORLD, "left"), [0, 0, 1]) - 30) < 1e-6);
  assert.ok(directionOf("side -60", WORLD, "left")[1] < -0.8);
});

Deno.test("directionOf() refuses words that are not in the notation and names those that are", () => {
  for (const phrase of ["forwards middle", "place middle", "up", "", "forward", "side higher", "forward  middle"]) {
    assert.throws(() => directionOf(phrase, WORLD, "left"), NotationError, phrase);
  }
  assert.throws(() => directionOf("up", WORLD, "left"), /"up".*"place high".*forward, back/);
});

Deno.test("lean() and turn() go the way the words say, on the figure's own sides", () => {
  const amount = (phrase: string) => amountOf(phrase, ["forward", "back", "left", "right"], 30, "torso.lean");
  assert.ok(lean(WORLD, amount("forward")).y[2] > 0.49);
  assert.ok(lean(WORLD, amount("back 10")).y[2] < -0.17);
  assert.ok(lean(WORLD, amount("left 20")).y[0] > 0.34);
  assert.ok(lean(WORLD, amount("right 20")).y[0] < -0.34);
  assert.ok(turn(WORLD, amount("left 40")).z[0] > 0.64);
  assert.throws(() => amount("sideways 20"), /torso\.lean "sideways 20".*forward, back, left, right/);
});
