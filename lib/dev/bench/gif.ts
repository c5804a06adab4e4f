/** The Macarena's twelve key poses as a GIF: ours, as a course draws it, and by matplotlib used well. */
import { fitCamera } from "../../draw/mod.ts";
import { openStage } from "../../media/stage.ts";
import { bodyOf } from "../../skeleton/mod.ts";
import { DENO_ARGS, startContestant } from "./contestant.ts";
import { macarena } from "./macarena.ts";
import { alternate, cpuTimes, type Part, type PartOptions, runWhole, times, type Whole } from "./part.ts";
import { type Painted, recordingBackend } from "./record_paths.ts";
import { type Row, rowOf } from "./row.ts";

const PEERS = {
  course: "matplotlib as in a course",
  tuned: "matplotlib used well",
  same: "matplotlib, our picture",
} as const;

const FRAMES = "12 frames of 480 px as a GIF";

const NOTES = [
  "GIF: the peers draw 17 line segments and a circle, ours a body with a face, hands, floor and shadow (about 100 paths a " +
  "frame). “matplotlib, our picture” is given those very paths, worked out before its clock starts, and draws them by its " +
  "Agg renderer without artists; ours works them out from the joints each time.",
  "GIF: the course's way here has its axes switched off; with axes and ticks it would take longer. Pillow writes one frame " +
  "where two in a row look the same, ours as many as there are poses.",
  "A program: Python starts, imports matplotlib and Pillow, reads the joints, draws and writes the file; ours does the same " +
  "in Deno, its modules' code cached by an earlier run. `pose dance macarena` also loads and checks the library, searches " +
  "for each of the twelve moves and writes captions.",
];

/** The GIF, warm, and as a program of its own. */
export const gif: Part = async (options) => {
  const pictures: (readonly Painted[])[] = [];
  const bodies = (await macarena()).map(({ pose }) => bodyOf(pose));
  const cameras = [fitCamera(bodies, { width: 480, height: 480 })];
  const stage = await openStage({ cameras, backend: recordingBackend((paths) => pictures.push(paths)) });
  for (const body of bodies) await stage.paint([{ body }]);
  await Deno.writeTextFile(".cache/bench/paths.json", JSON.stringify(pictures));

  await using ours = await startContestant("our_gif.ts");
  await using course = await startContestant("course_gif.py");
  await using tuned = await startContestant("tuned_gif.py");
  await using same = await startContestant("same_gif.py");
  const warm = await alternate({
    ours: () => ours.round("gif"),
    course: () => course.round("gif"),
    tuned: () => tuned.round("gif"),
    same: () => same.round("gif"),
  }, options);
  const against = (peer: keyof typeof PEERS, label?: string, target?: number): Row[] => {
    const text = { what: FRAMES, peer: PEERS[peer], ...(target !== undefined && { target }) };
    return [
      rowOf({ ...text, ...(label && { label }), unit: "ms" }, times(warm.ours), times(warm[peer])),
      rowOf({ ...text, unit: "ms of CPU" }, cpuTimes(warm.ours), cpuTimes(warm[peer])),
    ];
  };
  const rows = [
    ...against("course", "GIF: course", 10),
    ...against("tuned", "GIF: tuned", 3),
    ...against("same"),
  ];

  const alone = await alternate({
    "12 frames with captions": () => ours.round("gif with captions"),
    "a pose of 320 px as an indexed PNG": () => ours.round("png"),
  }, options);
  for (const [what, given] of Object.entries(alone)) rows.push(rowOf({ what, unit: "ms" }, times(given)));

  return {
    rows: [...rows, ...await programs(options)],
    versions: { ...ours.versions, ...tuned.versions },
    notes: NOTES,
  };
};

/** Programs from start to end, and the most memory they hold. */
async function programs(options: PartOptions): Promise<Row[]> {
  const command = [Deno.execPath(), ...DENO_ARGS, "lib/cli.ts", "dance", "macarena", "--output"];
  const whole = await alternate({
    ours: () => runWhole("our_gif.ts", ".cache/bench/ours.gif"),
    course: () => runWhole("course_gif.py", ".cache/bench/course.gif"),
    tuned: () => runWhole("tuned_gif.py", ".cache/bench/tuned.gif"),
    dance: () => runWhole([...command, ".cache/bench/dance.gif"]),
  }, options);
  const of = (given: readonly Whole[], what: keyof Whole) => given.map((one) => one[what]);
  const program = "a program that makes it, start to end";
  const memory = "the most memory of that program";
  const dance = "`pose dance macarena`, start to end";
  // Peak memory at most 1.2 times Python's.
  const target = 1 / 1.2;
  return [
    rowOf(
      { what: program, label: "program", unit: "ms", peer: PEERS.course, target: 5 },
      of(whole.ours, "ms"),
      of(whole.course, "ms"),
    ),
    rowOf(
      { what: program, unit: "ms of CPU", peer: PEERS.course, target: 5 },
      of(whole.ours, "cpuMs"),
      of(whole.course, "cpuMs"),
    ),
    rowOf(
      { what: program, unit: "ms", peer: PEERS.tuned },
      of(whole.ours, "ms"),
      of(whole.tuned, "ms"),
    ),
    rowOf(
      { what: memory, label: "memory", unit: "MB", peer: PEERS.course, target },
      of(whole.ours, "megabytes"),
      of(whole.course, "megabytes"),
    ),
    rowOf(
      { what: memory, unit: "MB", peer: PEERS.tuned, target },
      of(whole.ours, "megabytes"),
      of(whole.tuned, "megabytes"),
    ),
    rowOf(
      { what: dance, unit: "ms", peer: PEERS.course },
      of(whole.dance, "ms"),
      of(whole.course, "ms"),
    ),
    rowOf({ what: dance, unit: "MB", peer: PEERS.course }, of(whole.dance, "megabytes"), of(whole.course, "megabytes")),
  ];
}
