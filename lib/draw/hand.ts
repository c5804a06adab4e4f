/** Hands: mittens with a thumb, the palm in the skin's colour, the back in the limb's. */
import { along, cross, dot, lerp, reject, SEGMENT, type Side, sign, unit, type Vec3 } from "../skeleton/mod.ts";
import type { ShapePen } from "./canvas.ts";
import type { Piece } from "./order.ts";
import { COLOURS } from "./palette.ts";
import { type Scene, spot, tintOf } from "./scene.ts";
import { blob, disc, line, type Point } from "./shape.ts";
import { beforeTrunk } from "./trunk.ts";

/** A hand is drawn a little larger than it is. */
const LENGTH = SEGMENT.hand * 0.98;
const HALF_WIDTH = 0.05;
const THUMB = 0.042;
/** The sine of the least angle under which a hand's plate is seen. */
const LEAST_TIP = 0.58;
/** The mitten's outline: shares of its length and half width, the thumb's side positive. */
const OUTLINE = [
  [-0.06, -0.6],
  [0.28, -0.98],
  [0.7, -0.98],
  [0.97, -0.6],
  [1.03, 0],
  [0.97, 0.6],
  [0.7, 0.95],
  [0.28, 0.98],
  [-0.06, 0.6],
] as const;
const THUMB_LINE = [[0.1, 0.45], [0.36, 1.6], [0.58, 1.95]] as const;

/** A hand that is seen edge-on is tipped until enough of it shows; which of its sides shows stays what it is. */
function tipped(palm: Vec3, toViewer: Vec3): Vec3 {
  const seen = dot(palm, toViewer);
  if (Math.abs(seen) >= LEAST_TIP) return palm;
  const towards = seen >= 0 ? toViewer : along([0, 0, 0], toViewer, -1);
  const turn = Math.asin(LEAST_TIP) - Math.asin(Math.abs(seen));
  return unit(along(along([0, 0, 0], palm, Math.cos(turn)), unit(reject(towards, palm)), Math.sin(turn)));
}

/** The piece of one hand. */
export function handPiece(scene: Scene, side: Side): Piece {
  const { camera, body } = scene;
  const wrist = body.joints[`${side}_wrist`];
  const { direction } = body.hands[side];
  const palm = tipped(body.hands[side].palm, camera.toViewer);
  const fingers = unit(reject(direction, palm));
  const thumb = along([0, 0, 0], cross(palm, fingers), sign(side));
  const at = ([length, width]: readonly [number, number]): Point =>
    camera.project(along(along(wrist, fingers, length * LENGTH), thumb, width * HALF_WIDTH));
  const middle = along(wrist, direction, LENGTH / 2);
  // A hand that points at the viewer hides its own cuff.
  const pointing = dot(direction, camera.toViewer) > 0.3;
  const palmSeen = dot(palm, camera.toViewer) > 0;
  const colours = COLOURS[side];
  const tint = tintOf(scene, middle);
  const edge = colours.dark[tint];
  const outline = OUTLINE.map(at), thumbLine = THUMB_LINE.map(at);
  const cuff = spot(scene, lerp(wrist, body.joints[`${side}_elbow`], 0.02), 0.034);
  const stroke = (pen: ShapePen, points: readonly Point[], width: number, colour: string) => {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    line(pen, points);
    pen.stroke();
  };
  return {
    a: spot(scene, along(wrist, direction, LENGTH * 0.25), HALF_WIDTH),
    b: spot(scene, along(wrist, direction, LENGTH * 0.85), HALF_WIDTH),
    trunk: beforeTrunk(scene, middle) > 0 ? "over" : "under",
    paint: (pen) => {
      const edgeWidth = camera.scale * 0.013;
      const thumbWidth = camera.ball(middle, THUMB).r;
      const trace = () => {
        pen.beginPath();
        blob(pen, outline);
      };
      const paintCuff = () => {
        pen.fillStyle = colours.sleeve[tint];
        pen.beginPath();
        disc(pen, cuff);
        pen.fill();
      };
      pen.lineCap = pen.lineJoin = "round";
      trace();
      pen.strokeStyle = COLOURS.paper;
      pen.lineWidth = 2 * scene.rim + edgeWidth;
      pen.stroke();
      stroke(pen, thumbLine, thumbWidth + 2 * scene.rim, COLOURS.paper);
      stroke(pen, thumbLine, thumbWidth + edgeWidth, edge);
      if (pointing) paintCuff();
      trace();
      pen.strokeStyle = edge;
      pen.lineWidth = edgeWidth;
      pen.stroke();
      pen.fillStyle = palmSeen ? COLOURS.skin : edge;
      pen.fill();
      if (palmSeen) stroke(pen, thumbLine, Math.max(0.5, thumbWidth - edgeWidth), COLOURS.skin);
      if (!pointing) paintCuff();
    },
  };
}
