/**
 * Measures the motion of every choreography: `deno task motion`, and the end of `make eval`. It prints a line a dance and writes
 * `outputs/showcase/motion.json`; names of choreographies after it measure only these and write nothing.
 *
 * @module
 */
import { cpus, loadavg } from "node:os";
import { loadLibrary } from "../library/mod.ts";
import { writeFile } from "../media/mod.ts";
import { createMotion, measureMotion, type MotionMeasures, motionOf } from "../motion/mod.ts";

const FPS = 60;
const FILE = "outputs/showcase/motion.json";
/** How many frames are timed in one go. */
const FRAMES = 10_000;

/** What a motion must keep to, and whether it does. */
const TARGETS: Record<string, (measures: MotionMeasures) => boolean> = {
  "bones within 1e-6 m": ({ boneError }) => boneError <= 1e-6,
  "feet that stand slide at most 1 mm": ({ skate }) => skate <= 1,
  "no joint outside its range": ({ limitFrames }) => limitFrames === 0,
  "no part over 1 cm in another": ({ penetrationFrames }) => penetrationFrames === 0,
  "nothing over 5 mm under the floor": ({ floor }) => floor <= 0.55,
  "no gap in the loop": ({ loopGap }) => loopGap === 0,
};

const rounded = (x: number) => Number(x.toPrecision(3));
const library = await loadLibrary();
const dances = library.choreographies.filter(({ id }) => Deno.args.length === 0 || Deno.args.includes(id));
if (dances.length === 0) throw new RangeError(`Cannot measure ${Deno.args.join(", ")}: no choreography has that id`);

const rows: ({ id: string } & MotionMeasures)[] = [];
console.log("dance".padEnd(31) + "skate mm  floor cm  cm/frame  jerk m/s³  outside range      too deep");
for (const dance of dances) {
  const measures = measureMotion(motionOf(library, dance), FPS);
  rows.push({ id: dance.id, ...measures });
  const { skate, floor, fastest, jerk, limitFrames, limitWhat, penetrationFrames, penetration, penetrationWhat } =
    measures;
  console.log(
    dance.id.padEnd(31) + skate.toFixed(1).padStart(8) + floor.toFixed(1).padStart(10) +
      fastest.toFixed(1).padStart(10) + jerk.toFixed(0).padStart(11) +
      `  ${limitFrames} ${limitWhat}  ${penetrationFrames} ${penetration.toFixed(1)} cm ${penetrationWhat}`,
  );
}

console.log("");
const kept = Object.fromEntries(
  Object.entries(TARGETS).map(([name, holds]) => {
    const broken = rows.filter((row) => !holds(row)).map(({ id }) => id);
    console.log(
      `${name}: ${rows.length - broken.length} of ${rows.length}` +
        (broken.length > 0 ? `, not ${broken.join(" ")}` : ""),
    );
    return [name, { kept: rows.length - broken.length, of: rows.length, broken }];
  }),
);

/** Milliseconds a frame for a motion of so many keys, its moves worked out on the way and again once they are. */
function timeOf(count: number): { keys: number; first: number; again: number } {
  const keys = dances.flatMap(({ moves }) => moves).map(({ pose, beats }) => {
    const found = library.pose(pose);
    return found && { pose: found.pose, beats, contacts: found.contacts, airborne: found.airborne };
  }).filter((key) => key !== undefined);
  const motion = createMotion(Array.from({ length: count }, (_, i) => keys[i % keys.length] as typeof keys[number]), {
    bpm: 100,
  });
  const run = () => {
    const start = performance.now();
    for (let i = 0; i < FRAMES; i++) motion.poseAt(i * motion.seconds / FRAMES);
    return (performance.now() - start) / FRAMES;
  };
  return { keys: count, first: rounded(run()), again: rounded(run()) };
}
const times = [10, 100].map(timeOf);
for (const { keys, first, again } of times) {
  console.log(`${FRAMES} frames over ${keys} keys: ${again} ms a frame; ${first} with working out the moves`);
}

if (Deno.args.length === 0) {
  const report = {
    machine: { cpu: cpus()[0]?.model.trim() ?? "unknown", cores: cpus().length, load: rounded(loadavg()[0] ?? 0) },
    fps: FPS,
    targets: kept,
    times,
    dances: rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, typeof value === "number" ? rounded(value) : value]),
      )
    ),
  };
  const json = new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`);
  await writeFile(FILE, json, new AbortController().signal);
  console.log(FILE);
}
