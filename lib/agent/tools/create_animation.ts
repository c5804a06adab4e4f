import { z } from "zod";
import { defineTool } from "./define_tool.ts";
import { idSchema, jointsSchema } from "./pose_argument.ts";
import { askApi, type PoseApiAddress } from "./pose_api.ts";

const MOST_FRAMES = 120;
const MOST_CHARACTERS = 500;

const frame = z.strictObject({
  description: z.string().min(1).max(MOST_CHARACTERS).optional().describe(
    "how the figure stands; or give one of the others",
  ),
  pose_id: idSchema.optional(),
  joints: jointsSchema.optional(),
}).refine((given) => Object.values(given).filter((value) => value !== undefined).length === 1, {
  error: "give one of description, pose_id and joints",
});

const made = z.object({
  frames: z.array(z.object({
    pose_id: z.string().optional(),
    score: z.number().optional(),
    errors: z.array(z.object({ message: z.string() })),
  })),
});

/** What was drawn, in a few words. */
function told(
  { pose_id = "joints", score, errors: [first, ...others] }: z.output<typeof made>["frames"][number],
): string {
  if (first) return `${pose_id}: ${first.message}${others.length > 0 ? ` (and ${others.length} more)` : ""}`;
  return score === undefined ? pose_id : `${pose_id} (${score.toFixed(2)})`;
}

/** `create_animation`: a looped GIF that moves through key poses; with one that no body holds, of them as they are. */
export const createAnimation = (api: PoseApiAddress) =>
  defineTool({
    name: "create_animation",
    description: "Makes a looped animation of a dance for the user, of key poses one after another",
    parameters: z.strictObject({ frames: z.array(frame).min(1).max(MOST_FRAMES) }),
    async run({ frames }, { signal, keep }) {
      const ask = (format: string) =>
        askApi(api, "/animations", { body: { frames, format }, ...(signal && { signal }) });
      const facts = made.parse(await (await ask("json")).json());
      const bytes = new Uint8Array(await (await ask("gif")).arrayBuffer());
      const { width, height } = gifSize(bytes);
      return {
        shown: keep({
          kind: "animation",
          mediaType: "image/gif",
          bytes,
          about: `${frames.length} frames, ${width} × ${height} px`,
        }),
        frames: facts.frames.map(told),
      };
    },
  });

/** A GIF's size stands at a fixed place in its head. */
function gifSize(bytes: Uint8Array<ArrayBuffer>) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
}
