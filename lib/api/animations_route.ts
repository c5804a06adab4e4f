/** `POST /animations`: key poses, however they are given, as a body that moves (GIF, video) or as data. */
import { createRoute, z } from "@hono/zod-openapi";
import { drawAnimation } from "../media/mod.ts";
import { notationSchema } from "../notation/mod.ts";
import { encodeMotion } from "./encode_motion.ts";
import { checkStills, FORMATS, formatSchema, preferredFormat, stillsSchema } from "./formats.ts";
import { brokenIn, type KeyPose, keyPoseOf, motionThrough } from "./key_poses.ts";
import type { ApiLimits } from "./limits.ts";
import { refuseBy } from "./problem.ts";
import { givenPoseSchema, poseErrorSchema, poseSchemas, REST_JOINTS } from "./schemas.ts";
import { retrieverSchema } from "./search_route.ts";
import { type App, BODY_PROBLEMS, jsonBody, problems, type Service, within } from "./service.ts";

/** Key poses a second where a client does not say: 90 beats a minute. */
const USUAL_FPS = 1.5;
const USUAL_SIZE = 480;

/** The schema of one frame. */
export type FrameRequest = ReturnType<typeof frameSchema>;

const frameSchema = ({ characters, metres }: Pick<ApiLimits, "characters" | "metres">) =>
  z.union([
    z.strictObject({ description: z.string().min(1).max(characters) }).openapi({ title: "Found by a description" }),
    z.strictObject({ pose_id: z.string().min(1).max(100) }).openapi({ title: "A pose of the library" }),
    poseSchemas({ metres }).pose,
    z.strictObject({ notation: notationSchema }).openapi({ title: "Composed from direction words" }),
  ]).openapi("Frame");

const requestSchema = (limits: ApiLimits) =>
  z.strictObject({
    frames: z.array(frameSchema(limits)).min(1).max(limits.frames).openapi({ description: "Key poses, in order" }),
    format: formatSchema,
    stills: stillsSchema,
    fps: z.number().min(0.1).max(25).optional().openapi({
      description: `Key poses a second; ${USUAL_FPS} unless said`,
    }),
    loop: z.boolean().optional().openapi({ description: "Whether it plays for ever; true unless said" }),
    size: z.int().min(limits.side.least).max(limits.side.most).optional().openapi({
      description: `Pixels of a side; ${USUAL_SIZE} unless said`,
    }),
    retriever: retrieverSchema,
  }).openapi("Animation");

const resultSchema = z.object({
  fps: z.number(),
  seconds: z.number(),
  frames: z.array(z.object({
    by: z.enum(["description", "pose_id", "joints", "notation"]),
    description: z.string().optional(),
    pose_id: z.string().optional(),
    score: z.number().optional(),
    answered: z.boolean().optional().openapi({ description: "false: nothing is near, this is only the nearest" }),
    valid: z.boolean(),
    errors: z.array(poseErrorSchema),
    pose: givenPoseSchema,
  })),
}).openapi("AnimationFrames", {
  example: {
    fps: 1.5,
    seconds: 0.67,
    frames: [{
      by: "pose_id",
      pose_id: "standing",
      valid: true,
      errors: [],
      pose: { id: "standing", joints: REST_JOINTS },
    }],
  },
});

/** `POST /animations`. */
export function addAnimations(app: App, service: Service): void {
  const { limits, gates, backend } = service;
  const request = requestSchema(limits);
  const route = createRoute({
    method: "post",
    tags: ["Animations"],
    path: "/animations",
    summary: "Key poses become a looped animation",
    description:
      "A body moves from key pose to key pose. Where one of them is none that a body holds (its `errors` tell, as JSON), " +
      "a gif shows all as they are, one after another, as with `stills`, and an mp4 is refused. At most " +
      `${limits.drawnFrames} frames are drawn: what lasts longer has fewer a second.`,
    request: jsonBody(request, {
      described: {
        summary: "Told by descriptions",
        value: {
          frames: [{ description: "both arms stretched forward" }, { description: "hands on the hips" }],
          fps: 2,
        },
      },
      mixed: {
        summary: "Every way of telling a pose; what was matched, as JSON",
        value: {
          frames: [
            { pose_id: "standing" },
            { notation: { left_arm: "side high", right_arm: "side high" } },
            { joints: REST_JOINTS },
          ],
          format: "json",
        },
      },
    }),
    responses: {
      200: {
        description: "The file; `json` gives every key pose with what was matched and its score",
        content: {
          "image/gif": { schema: z.string().openapi({ format: "binary" }) },
          "video/mp4": { schema: z.string().openapi({ format: "binary" }) },
          "application/json": { schema: resultSchema },
        },
      },
      ...problems(...BODY_PROBLEMS, "not-acceptable", "busy", "unavailable", "too-slow"),
    },
  });
  app.openapi(route, async (c) => {
    const { frames, fps = USUAL_FPS, loop = true, size = USUAL_SIZE, stills = false, retriever } = c.req.valid("json");
    const format = preferredFormat(c.req.header("accept"), c.req.valid("json").format);
    checkStills(stills, format);
    const made = await gates.animations.run(() =>
      within(limits.seconds.animation, c.var.signal, async (signal) => {
        const keys: KeyPose[] = [];
        for (const [i, frame] of frames.entries()) {
          signal.throwIfAborted();
          keys.push(await keyPoseOf(frame, `frames.${i}`, service, () => service.retriever(retriever)));
          // Composing and searching take turns with other requests.
          await new Promise((resolve) => setTimeout(resolve));
        }
        if (format === "json") return keys.map(({ found }) => found);
        const drawing = { size, backend, signal };
        if (!stills && (format === "mp4" || !keys.some(brokenIn))) {
          const motion = motionThrough(keys, fps, loop);
          return await encodeMotion(motion, format, limits, { ...drawing, keysPerSecond: fps });
        }
        const drawn = keys.map(({ found: { pose, description } }) => ({
          pose,
          seconds: 1 / fps,
          ...(description !== undefined && { caption: description }),
        }));
        return await drawAnimation(drawn, { ...drawing, loop: loop ? 0 : 1 });
      }), c.var.signal);
    if (made instanceof Uint8Array) {
      return c.body(made, 200, { "content-type": FORMATS[format] });
    }
    const result = { fps, seconds: made.length / fps, frames: made };
    // Poses are as `GivenPose` has them, but for `readonly`.
    return c.json(result as unknown as z.infer<typeof resultSchema>, 200);
  }, refuseBy(request));
}
