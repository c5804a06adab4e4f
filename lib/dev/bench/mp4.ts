/** Six seconds of the Macarena as MP4, and as a smooth GIF: ours, and by imageio-ffmpeg and Pillow. */
import { z } from "zod";
import { startContestant } from "./contestant.ts";
import { alternate, cpuTimes, type Part, times } from "./part.ts";
import { type Row, rowOf } from "./row.ts";

const PEER = "imageio-ffmpeg";
const FAST = "imageio-ffmpeg, preset veryfast";
const REAL_TIME = "real time";
/** How much faster than real time it is to be. */
const TARGET = 5;
const SECONDS = 6;

const sideSchema = z.object({ bytes: z.number(), decibels: z.number() });
const judgedSchema = z.object({
  ours: sideSchema,
  peer: sideSchema,
  gif: z.object({ ours: z.number(), peer: z.number() }),
});
/** What an eye takes for the same picture (dB). */
const LIKE = 38;
/** How much larger than gifsicle's a GIF may be. */
const LARGER = 1.05;

/** What comes of the same frames, and of frames that each draws itself. */
export const mp4: Part = async (options) => {
  options.say("drawing the frames that both encode");
  await using ours = await startContestant("our_mp4.ts");
  await using peer = await startContestant("imageio_mp4.py");
  const given = await alternate({
    encode: () => ours.round("encode"),
    peerEncode: () => peer.round("encode"),
    peerFast: () => peer.round("encode fast"),
    whole: () => ours.round("whole"),
    peerWhole: () => peer.round("whole"),
    gif: () => ours.round("gif"),
    peerGif: () => peer.round("gif"),
  }, options);
  await ours.round("encode");
  await peer.round("encode");
  const judged = judgedSchema.parse((await peer.round("judge")).facts);
  await Deno.remove(".cache/bench/frames.rgb");

  type Name = keyof typeof given;
  const rows = (what: string, name: Name, peers: Name, peer: string): Row[] => [
    rowOf({ what, unit: "ms", peer }, times(given[name]), times(given[peers])),
    rowOf({ what, unit: "ms of CPU", peer }, cpuTimes(given[name]), cpuTimes(given[peers])),
  ];
  const realTime = (what: string, name: Name, label?: string) =>
    rowOf(
      { what, unit: "ms", peer: REAL_TIME, target: TARGET, ...(label !== undefined && { label }) },
      times(given[name]),
      given[name].map(() => 1000 * SECONDS),
    );
  const [encoded, made, gif] = [
    "6 s of MP4 from frames",
    "6 s of MP4, drawn and encoded",
    "6 s of GIF, 25 frames a second",
  ];
  const tell = ({ bytes, decibels }: z.infer<typeof sideSchema>) =>
    `${(bytes / 1000).toFixed(0)} kB at ${decibels.toFixed(1)} dB`;
  return {
    rows: [
      ...rows(encoded, "encode", "peerEncode", PEER),
      ...rows(encoded, "encode", "peerFast", FAST),
      realTime(encoded, "encode"),
      ...rows(made, "whole", "peerWhole", PEER),
      realTime(made, "whole", "MP4, real time"),
      rowOf(
        { what: "6 s of MP4 from frames, likeness", unit: "dB", peer: "wanted", target: 1 },
        [judged.ours.decibels],
        [LIKE],
      ),
      ...rows(gif, "gif", "peerGif", "matplotlib used well, Pillow"),
      rowOf(
        { what: gif, unit: "kB", peer: "gifsicle -O3 of it", label: "GIF, gifsicle -O3", target: 1 / LARGER },
        [judged.gif.ours / 1000],
        [judged.gif.peer / 1000],
      ),
    ],
    versions: { ...ours.versions, ...peer.versions },
    notes: [
      `MP4: 150 frames of 480 px. Of the same frames ours makes ${
        tell(judged.ours)
      }, imageio-ffmpeg with its usual settings ` +
      `(libx264, crf 25, preset medium) ${
        tell(judged.peer)
      }, both decoded by ffmpeg. Drawn by each: ours works out the ` +
      "motion and draws a body, the peer draws lines and a circle of joints that it is given; a pose that is held is drawn " +
      "once by ours.",
    ],
  };
};
