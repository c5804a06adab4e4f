/** A whole figure. */
import { add, along, type Body, lerp, SEGMENT, SIDES, type Vec3 } from "../skeleton/mod.ts";
import type { Camera } from "./camera.ts";
import type { ShapePen } from "./canvas.ts";
import { paintFloor, paintShadow, paintStool } from "./ground.ts";
import { handPiece } from "./hand.ts";
import { headPiece } from "./head.ts";
import { limbPieces } from "./limb.ts";
import { paintOrder } from "./order.ts";
import { type Scene, sceneOf, spot } from "./scene.ts";
import type { Disc } from "./shape.ts";
import { beforeTrunk, gapToTrunk, neckPiece, trunkOf } from "./trunk.ts";

/**
 * Paints a figure on its disc of floor: right limbs red, left limbs blue, what is farther off paler.
 *
 * @param pen where to paint; its whole state may be changed.
 */
export function paintFigure(pen: ShapePen, body: Body, camera: Camera) {
  const scene = sceneOf(body, camera);
  paintFloor(camera, pen);
  paintShadow(scene, pen);
  paintStool(scene, pen);
  const trunk = trunkOf(scene, armShades(scene));
  const pieces = [
    ...limbPieces(scene),
    ...SIDES.map((side) => handPiece(scene, side)),
    neckPiece(scene),
    headPiece(scene),
  ];
  for (const paint of paintOrder(pieces, trunk)) paint(pen);
}

/** Arms in front of the shirt darken it a little below themselves, the lower the farther off they are. */
function armShades(scene: Scene): (readonly [Disc, Disc])[] {
  const { joints: j, hands } = scene.body;
  return SIDES.flatMap((side) => {
    const [shoulder, elbow, wrist] = [j[`${side}_shoulder`], j[`${side}_elbow`], j[`${side}_wrist`]];
    const tip = along(wrist, hands[side].direction, SEGMENT.hand * 0.9);
    const bones: [Vec3, Vec3, number][] = [[lerp(shoulder, elbow, 0.25), elbow, 0.046], [elbow, wrist, 0.042], [
      wrist,
      tip,
      0.05,
    ]];
    return bones.filter(([from, to]) => beforeTrunk(scene, lerp(from, to, 0.5)) >= 0.15).map(([from, to, radius]) => {
      const shade = (p: Vec3) => spot(scene, add(p, [0, -0.035 - 0.1 * Math.max(0, gapToTrunk(scene, p)), 0]), radius);
      return [shade(from), shade(to)] as const;
    });
  });
}
