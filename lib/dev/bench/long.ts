/** Ten thousand frames: whether the last thousands take what the first did, in time and in memory. */
import { z } from "zod";
import { startContestant } from "./contestant.ts";
import type { Part } from "./part.ts";
import { type Row, rowOf } from "./row.ts";

/** What the later frames may take, beside the earlier ones. */
const MORE = 1.2;

const thousandsSchema = z.object({ cpuMs: z.array(z.number()), megabytes: z.array(z.number()) });

/** A GIF and a video of 120 px. */
export const long: Part = async ({ signal, say }) => {
  await using ours = await startContestant("our_long.ts");
  const rows: Row[] = [];
  for (const format of ["gif", "mp4"]) {
    signal.throwIfAborted();
    say(`10,000 frames of ${format}`);
    const { cpuMs, megabytes } = thousandsSchema.parse((await ours.round(format)).facts);
    const text = { what: `10,000 frames as ${format}, the later half`, peer: "the earlier half", target: 1 / MORE };
    for (const [unit, all] of [["ms of CPU", cpuMs], ["MB", megabytes]] as const) {
      const half = Math.floor(all.length / 2);
      rows.push(rowOf({ ...text, unit }, all.slice(-half), all.slice(0, half)));
    }
  }
  return {
    rows,
    versions: ours.versions,
    notes: [
      "10,000 frames: of 120 px, the processor's time is a frame's, each round is a thousand of them. A video holds what " +
      "is encoded until its end, about a kilobyte a frame.",
    ],
  };
};
