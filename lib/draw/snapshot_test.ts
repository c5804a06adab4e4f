/**
 * Kept pictures of figures. After a change that is meant, look at `testdata/NAME-changed.png` and rename it to
 * `NAME.png`; a new pose is a new entry of `testdata/poses.json`.
 */
import assert from "node:assert/strict";
import { parsePose } from "../skeleton/mod.ts";
import { openBackend } from "./canvas.ts";
import { drawPose } from "./draw_pose.ts";
import { difference, readPicture, writePicture } from "./testdata/compare.ts";

const SIZE = 240;
const FOLDER = new URL("./testdata/", import.meta.url);
/** The two backends differ by at most 0.09 and 0.06 % over 61 poses; a hand that moves by 5 cm changes over 0.5 %. */
const MEAN = 0.25;
const SHARE = 0.002;

const poses = (JSON.parse(await Deno.readTextFile(new URL("poses.json", FOLDER))) as unknown[]).map((value, i) =>
  parsePose(value, `testdata/poses.json[${i}]`)
);

for (const choice of ["skia", "napi"]) {
  for (const pose of poses) {
    Deno.test(`drawPose() with ${choice} draws ${pose.id} as kept`, async () => {
      const drawn = await drawPose(pose, { width: SIZE, backend: await openBackend(choice) });
      const kept = await readPicture(new URL(`${pose.id}.png`, FOLDER));
      const { mean, share } = kept ? difference(drawn, kept) : { mean: Infinity, share: 1 };
      if (mean <= MEAN && share <= SHARE) return;
      await writePicture(new URL(`${pose.id}-changed.png`, FOLDER), drawn);
      assert.fail(
        `${pose.id} looks different (mean ${mean.toFixed(3)}, ${(share * 100).toFixed(2)} % of pixels): ` +
          `compare testdata/${pose.id}-changed.png with ${pose.id}.png`,
      );
    });
  }
}
