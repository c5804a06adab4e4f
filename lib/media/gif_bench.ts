/** Prints what drawing and encoding cost, warm: `deno run -R -E --allow-ffi --allow-sys lib/media/gif_bench.ts`. */
import { drawPose, openBackend } from "../draw/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { drawAnimation, type KeyPose } from "./animation.ts";
import { encodePng } from "./png.ts";
import { loadLibrary } from "../library/mod.ts";

const ROUNDS = 15;

/** The median of several runs in milliseconds, after a few that warm up. */
async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS + 5; i++) {
    const start = performance.now();
    await run();
    if (i >= 5) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

const library = await loadLibrary();
const macarena = library.choreography("macarena")?.moves.flatMap(({ pose, describe }): KeyPose[] => {
  const found = library.pose(pose);
  return found ? [{ pose: found.pose, seconds: 0.5, caption: describe.ru }] : [];
}) ?? [];
const plain = macarena.map(({ pose, seconds }) => ({ pose, seconds }));

for (const choice of ["skia", "napi"]) {
  const backend = await openBackend(choice);
  const gif = await drawAnimation(plain, { backend });
  const animation = await median(() => drawAnimation(plain, { backend }));
  const captioned = await median(() => drawAnimation(macarena, { backend }));
  const picture = await drawPose({ joints: REST }, { width: 320, backend });
  const draw = await median(() => drawPose({ joints: REST }, { width: 320, backend }));
  const png = await median(() => Promise.resolve(encodePng(picture)));
  const surface = backend.createSurface(320, 320);
  surface.pen.fillRect(0, 0, 160, 160);
  const own = await median(() => Promise.resolve(surface.png()));
  console.log(
    `${backend.name}: 12 frames at 480 px ${animation.toFixed(1)} ms (${Math.round(gif.length / 1024)} kB), ` +
      `with captions ${captioned.toFixed(1)} ms; ` +
      `a pose at 320 px ${draw.toFixed(1)} ms, its indexed PNG ${png.toFixed(1)} ms, the backend's ${
        own.toFixed(1)
      } ms`,
  );
}
