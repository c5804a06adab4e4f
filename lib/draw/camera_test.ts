import assert from "node:assert/strict";
import { along, type Body, bodyOf, JOINTS, type Joints, lerp, REST, rotate, type Vec3 } from "../skeleton/mod.ts";
import { fitCamera, type View } from "./camera.ts";

const moved = (change: (p: Vec3) => Vec3): Body =>
  bodyOf({ joints: Object.fromEntries(JOINTS.map((name) => [name, change(REST[name])])) as Joints });
const upright = bodyOf({ joints: REST });
const lying = moved((p) => along(rotate(p, [1, 0, 0], -90), [0, 1, 0], 0.15));
const handsUp = bodyOf({
  joints: {
    ...REST,
    left_elbow: along(REST.left_shoulder, [0, 1, 0], 0.316),
    left_wrist: along(REST.left_shoulder, [0, 1, 0], 0.564),
  },
});
const size = { width: 240, height: 240 };

Deno.test("fitCamera() shows the figure's left hand on the right and the head above the feet", () => {
  const { project } = fitCamera([upright], size);
  assert.ok(project(REST.left_wrist)[0] > project(REST.right_wrist)[0]);
  assert.ok(project(REST.head)[1] < project(REST.left_foot)[1]);
});

Deno.test("fitCamera() looks from the figure's left, and further round with a view", () => {
  const depths = [0, 40].map((view) => {
    const { depth } = fitCamera([upright], { ...size, view });
    return depth(REST.left_shoulder) - depth(REST.right_shoulder);
  });
  assert.ok((depths[0] ?? 0) > 0 && (depths[1] ?? 0) > (depths[0] ?? 0));
});

Deno.test("fitCamera() knows the front, the usual direction and the side by name", () => {
  const depth = (view: View) => {
    const camera = fitCamera([upright], { ...size, view });
    return camera.depth(REST.left_shoulder) - camera.depth(REST.right_shoulder);
  };
  const across = REST.left_shoulder[0] - REST.right_shoulder[0];
  assert.ok(Math.abs(depth("front")) < 1e-9);
  assert.equal(depth("three-quarter"), depth(0));
  assert.ok(depth("side") > 0.97 * across);
});

Deno.test("fitCamera() keeps the size and the floor of figures that stand", () => {
  const bent = bodyOf({ joints: { ...REST, head: lerp(REST.head, REST.neck, 0.3) } });
  assert.equal(fitCamera([upright], size).scale, fitCamera([bent], size).scale);
  assert.deepEqual(fitCamera([upright], size).floor, fitCamera([bent], size).floor);
});

Deno.test("fitCamera() keeps every joint and hand inside the picture", () => {
  for (const body of [upright, lying, handsUp, moved(([x, y, z]) => [x * 3, y + 0.6, z + 1])]) {
    for (const [width, height] of [[240, 240], [480, 200], [100, 400]] as const) {
      for (const view of [0, 90, -135]) {
        const { project } = fitCamera([body], { width, height, view });
        for (const [x, y] of Object.values(body.joints).map(project)) {
          assert.ok(x > 0 && x < width && y > 0 && y < height, `${x}, ${y} in ${width} × ${height}`);
        }
      }
    }
  }
});

Deno.test("fitCamera() puts one who lies in the middle", () => {
  const { project } = fitCamera([lying], size);
  const ys = Object.values(lying.joints).map((p) => project(p)[1]);
  assert.ok(Math.abs((Math.min(...ys) + Math.max(...ys)) / 2 - 120) < 30);
});

Deno.test("fitCamera() makes room for the tallest of several bodies", () => {
  const alone = fitCamera([handsUp], size), together = fitCamera([upright, handsUp], size);
  assert.ok(together.scale < fitCamera([upright], size).scale);
  assert.ok(Math.abs(together.scale - alone.scale) < 1);
});

Deno.test("ball() is larger near the viewer than far off", () => {
  const { ball, toViewer } = fitCamera([upright], size);
  const at = (metres: number) => ball(along(REST.neck, toViewer, metres), 0.05).r;
  assert.ok(at(0.5) > at(0) * 1.2 && at(0) > at(-0.5));
});

Deno.test("fitCamera() refuses to look at nobody", () => {
  assert.throws(() => fitCamera([], size), RangeError);
});
