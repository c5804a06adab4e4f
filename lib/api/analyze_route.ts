/** `POST /analyze`: what is wrong with a pose from outside, and what it looks like. */
import { createRoute, z } from "@hono/zod-openapi";
import { analyzePose } from "./analyze_pose.ts";
import { refuseBy } from "./problem.ts";
import { bilingual, poseErrorSchema, poseOf, poseSchemas, REST_JOINTS } from "./schemas.ts";
import { type App, BODY_PROBLEMS, jsonBody, problems, type Service } from "./service.ts";

const metres = z.number().openapi({ description: "Metres" });

const analysisSchema = z.object({
  valid: z.boolean(),
  errors: z.array(poseErrorSchema),
  advice: z.array(bilingual.extend({ joint: z.string() })).openapi({ description: "How to mend each error" }),
  posecodes: z.array(z.looseObject({ kind: z.string() })).openapi({ description: "Everything that holds of the pose" }),
  caption: bilingual.openapi({ description: "The pose told in a sentence" }),
  nearest: z.object({ id: z.string(), distance: metres, description: bilingual }).openapi({
    description: "The nearest pose of the library; the distance is the joints' mean one",
  }),
  symmetry: z.object({ distance: metres, arms: metres, legs: metres, trunk: metres, symmetric: z.boolean() }).openapi({
    description: "How far joints are from those of the mirror image, on average",
  }),
  balance: z.object({
    centre: z.tuple([z.number(), z.number(), z.number()]).openapi({ minItems: 3, maxItems: 3 }),
    support: z.array(z.string()),
    margin: z.number().nullable().openapi({
      description: "How far the centre of mass is inside what carries; negative outside, null where nothing carries",
    }),
    balanced: z.boolean(),
  }),
}).openapi("Analysis", {
  example: {
    valid: true,
    errors: [],
    advice: [],
    posecodes: [{ kind: "posture", posture: "upright" }, { kind: "limb", limb: "left_arm", direction: "place low" }],
    caption: { en: "standing on both feet", ru: "стоя на обеих ногах" },
    nearest: {
      id: "standing",
      distance: 0.004,
      description: { en: "standing straight, arms hanging", ru: "стоять прямо, руки опущены" },
    },
    symmetry: { distance: 0, arms: 0, legs: 0, trunk: 0, symmetric: true },
    balance: { centre: [0, 0.97, 0.01], support: ["left_foot", "right_foot"], margin: 0.08, balanced: true },
  },
});

/** `POST /analyze`. */
export function addAnalyze(app: App, service: Service): void {
  const request = z.strictObject({
    pose: poseSchemas(service.limits).pose,
    airborne: z.boolean().optional().openapi({ description: "Nothing of it is meant to touch the floor" }),
  }).openapi("Analyze");
  const route = createRoute({
    method: "post",
    tags: ["One pose"],
    path: "/analyze",
    summary: "What is wrong with a pose, what it is, and what it is like",
    description:
      "A pose from outside is valid with bones within 1.5 cm or 5 % (the larger), angles within 5° and the " +
      "floor within 2 cm.",
    request: jsonBody(request, {
      standing: { summary: "A figure that stands", value: { pose: { joints: REST_JOINTS } } },
    }),
    responses: {
      200: { description: "The analysis", content: { "application/json": { schema: analysisSchema } } },
      ...problems(...BODY_PROBLEMS),
    },
  });
  app.openapi(route, (c) => {
    const { pose, airborne = false } = c.req.valid("json");
    const analysis = analyzePose(poseOf(pose), service.library.poses, { airborne });
    // The same but for `readonly`.
    return c.json(analysis as unknown as z.infer<typeof analysisSchema>, 200);
  }, refuseBy(request));
}
