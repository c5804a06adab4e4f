import assert from "node:assert/strict";
import { along, bodyOf, distance, lerp, type Pose, REST, type Vec3 } from "../skeleton/mod.ts";
import { type Camera, fitCamera } from "./camera.ts";
import { openBackend, type Picture } from "./canvas.ts";
import { paintFigure } from "./figure.ts";
import { COLOURS } from "./palette.ts";

const SIZE = 480;

/** An arm through an elbow and on towards a place, with right lengths. */
function arm(side: "left" | "right", elbow: Vec3, towards: Vec3) {
  const shoulder = REST[`${side}_shoulder`];
  const at = (from: Vec3, to: Vec3, length: number) => lerp(from, to, length / distance(from, to));
  const e = at(shoulder, elbow, distance(shoulder, REST[`${side}_elbow`]));
  const w = at(e, towards, distance(REST[`${side}_elbow`], REST[`${side}_wrist`]));
  return { [`${side}_elbow`]: e, [`${side}_wrist`]: w };
}

async function look(
  joints: Partial<Pose["joints"]>,
  view = 0,
): Promise<{ picture: Picture; camera: Camera; pose: Pose }> {
  const pose: Pose = { joints: { ...REST, ...joints } };
  const body = bodyOf(pose);
  const camera = fitCamera([body], { width: SIZE, height: SIZE, view });
  const { pen, picture } = (await openBackend()).createSurface(SIZE, SIZE);
  pen.fillStyle = COLOURS.paper;
  pen.fillRect(0, 0, SIZE, SIZE);
  paintFigure(pen, body, camera);
  return { picture: picture(), camera, pose };
}

function colourAt(picture: Picture, camera: Camera, point: Vec3): string {
  const [x, y] = camera.project(point).map(Math.round) as [number, number];
  const at = (y * picture.width + x) * 4;
  return `#${[...picture.pixels.subarray(at, at + 3)].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

const isOf = (side: "left" | "right", colour: string) => (COLOURS[side].sleeve as readonly string[]).includes(colour);

for (const outer of ["left", "right"] as const) {
  Deno.test(`paintFigure() puts the ${outer} forearm over the other where it is the outer one`, async () => {
    const inner = outer === "left" ? "right" : "left";
    const out = outer === "left" ? 1 : -1;
    const { picture, camera } = await look({
      ...arm(outer, [out * 0.24, 1.12, 0.22], [-out * 0.12, 1.12, 0.3]),
      ...arm(inner, [-out * 0.24, 1.12, 0.1], [out * 0.12, 1.12, 0.18]),
    });
    // Between the elbows, at the outer forearm's own middle.
    const found = colourAt(picture, camera, [out * 0.08, 1.12, 0.252]);
    assert.ok(isOf(outer, found), found);
  });
}

Deno.test("paintFigure() shows a forearm before the chest, and hides it behind the back", async () => {
  const across = (z: number) => arm("left", [0.26, 1.1, z], [-0.1, 1.16, z * 1.4]);
  const middle: Vec3 = [0.06, 1.13, 0];
  const before = await look(across(0.18));
  const wrist = before.pose.joints.left_wrist;
  assert.ok(isOf("left", colourAt(before.picture, before.camera, lerp(before.pose.joints.left_elbow, wrist, 0.6))));
  const behind = await look(across(-0.18));
  assert.equal(colourAt(behind.picture, behind.camera, middle), COLOURS.shirt);
});

Deno.test("paintFigure() seen from behind shows the arm behind the back over the shirt", async () => {
  const { picture, camera, pose } = await look(arm("left", [0.26, 1.1, -0.18], [-0.1, 1.16, -0.25]), 160);
  const { left_elbow, left_wrist } = pose.joints;
  assert.ok(isOf("left", colourAt(picture, camera, lerp(left_elbow, left_wrist, 0.6))));
});

Deno.test("paintFigure() hides a hand behind the head and shows one before the face", async () => {
  const face: Vec3 = [0.02, 1.57, 0.02];
  const before = await look(arm("right", [-0.3, 1.3, 0.2], [0.0, 1.5, 0.3]));
  const behind = await look(arm("right", [-0.45, 1.55, 0], [-0.03, 1.56, -0.2]));
  const seen = (colour: string) =>
    ([COLOURS.skin, COLOURS.hair, COLOURS.skinShade, COLOURS.mouth] as string[]).includes(colour);
  assert.ok(seen(colourAt(behind.picture, behind.camera, face)));
  const wrist = before.pose.joints.right_wrist;
  assert.ok(isOf("right", colourAt(before.picture, before.camera, lerp(wrist, before.pose.joints.right_elbow, 0.15))));
});

Deno.test("paintFigure() paints far limbs paler than near ones", async () => {
  const { picture, camera, pose } = await look({}, 20);
  const shank = (side: "left" | "right") => lerp(pose.joints[`${side}_knee`], pose.joints[`${side}_ankle`], 0.5);
  assert.equal(colourAt(picture, camera, shank("left")), COLOURS.left.sleeve[0]);
  const far = colourAt(picture, camera, shank("right"));
  assert.ok(isOf("right", far) && far !== COLOURS.right.sleeve[0], far);
});

Deno.test("paintFigure() shows the palm in the skin's colour and the back of the hand in the limb's", async () => {
  const direction: Vec3 = [-1, 0, 0];
  const joints = { ...REST, ...arm("right", [-1, 1.391, 0], [-2, 1.391, 0]) };
  for (const [palm, wanted] of [[[0, 0, 1], COLOURS.skin], [[0, 0, -1], COLOURS.right.dark]] as const) {
    const pose: Pose = {
      joints,
      hands: { right: { direction, palm }, left: { direction: [0, -1, 0], palm: [-1, 0, 0] } },
    };
    const body = bodyOf(pose);
    const camera = fitCamera([body], { width: SIZE, height: SIZE });
    const { pen, picture } = (await openBackend()).createSurface(SIZE, SIZE);
    paintFigure(pen, body, camera);
    const middle = along(joints.right_wrist, direction, 0.11);
    const found = colourAt(picture(), camera, middle);
    assert.ok(([wanted].flat() as string[]).includes(found), `palm ${palm}: ${found}`);
  }
});

Deno.test("paintFigure() draws a body that is bent out of shape without failing", async () => {
  const origin: Vec3 = [0, 0.5, 0];
  const nowhere = Object.fromEntries(Object.keys(REST).map((name) => [name, origin]));
  const { picture } = await look(nowhere);
  assert.equal(picture.width, SIZE);
});
