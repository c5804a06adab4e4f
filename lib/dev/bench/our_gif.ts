/**
 * The Macarena's twelve key poses as a GIF of 480 px, ours: beside `lib/dev/peers/course_gif.py` and `tuned_gif.py`. With a
 * file's name it draws that once, as a program of its own; without one it answers rounds.
 *
 * @module
 */
import { drawPose } from "../../draw/mod.ts";
import { drawAnimation, encodePng, type KeyPose } from "../../media/mod.ts";
import { REST } from "../../skeleton/mod.ts";
import { answerRounds, type Work } from "./answer_rounds.ts";
import { macarena } from "./macarena.ts";

const gif = (keys: readonly KeyPose[]): Work => async () => {
  const { length } = await drawAnimation(keys);
  return () => ({ bytes: length });
};

const frames = await macarena();
const [file] = Deno.args;
if (file === undefined) {
  await answerRounds({
    "gif": gif(frames),
    "gif with captions": gif(await macarena({ captions: true })),
    "png": async () => {
      const { length } = encodePng(await drawPose({ joints: REST }, { width: 320 }));
      return () => ({ bytes: length });
    },
  });
} else {
  await Deno.writeFile(file, await drawAnimation(frames));
}
