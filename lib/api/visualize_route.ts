/** `POST /visualize`: a pose as a picture. */
import { createRoute, z } from "@hono/zod-openapi";
import { validate } from "../skeleton/mod.ts";
import { preferred } from "./accept.ts";
import { refuseBy } from "./problem.ts";
import { renderPng } from "./render.ts";
import { poseErrorSchema, poseOf, poseSchemas, REST_JOINTS } from "./schemas.ts";
import { type App, BODY_PROBLEMS, jsonBody, problems, type Service } from "./service.ts";

const drawnSchema = z.object({
  image: z.string().openapi({ description: "The PNG, as base64" }),
  media_type: z.literal("image/png"),
  width: z.int(),
  height: z.int(),
  valid: z.boolean(),
  errors: z.array(poseErrorSchema),
}).openapi("Drawn", {
  example: { image: "iVBORw0KGgo=", media_type: "image/png", width: 480, height: 480, valid: true, errors: [] },
});

/** Pixels where a client does not say. */
const USUAL_SIDE = 480;

/** `POST /visualize`: draws what it gets, valid or not. */
export function addVisualize(app: App, service: Service): void {
  const { limits } = service;
  const side = z.int().min(limits.side.least).max(limits.side.most).optional();
  const request = z.strictObject({
    pose: poseSchemas(limits).pose,
    width: side.openapi({ description: `Pixels; ${USUAL_SIDE} unless said` }),
    height: side.openapi({ description: "Pixels; as the width unless said" }),
    view: z.number().min(-360).max(360).optional().openapi({
      description:
        "Degrees of yaw added to the usual direction, positive towards the figure's left; the pose's own unless said",
    }),
  }).openapi("Visualize");
  const route = createRoute({
    method: "post",
    tags: ["One pose"],
    path: "/visualize",
    summary: "Draw a pose, valid or not",
    description:
      "`image/png`, or with `Accept: application/json` the picture as base64 with what is wrong with the pose.",
    request: jsonBody(request, {
      standing: { summary: "A figure that stands", value: { pose: { joints: REST_JOINTS }, width: 320 } },
    }),
    responses: {
      200: {
        description: "The picture",
        content: {
          "image/png": { schema: z.string().openapi({ format: "binary" }) },
          "application/json": { schema: drawnSchema },
        },
      },
      ...problems(...BODY_PROBLEMS, "not-acceptable", "busy"),
    },
  });
  app.openapi(route, async (c) => {
    const type = preferred(c.req.header("accept"), ["image/png", "application/json"]);
    const asked = c.req.valid("json");
    const pose = poseOf(asked.pose);
    const { width = USUAL_SIDE, view } = asked;
    const { height = width } = asked;
    const png = await renderPng(service, pose, { width, height, ...(view !== undefined && { view }) }, c.var.signal);
    if (type === "image/png") return c.body(png, 200, { "content-type": type });
    const errors = [...validate(pose).faults];
    const image = png.toBase64();
    return c.json({ image, media_type: "image/png" as const, width, height, valid: errors.length === 0, errors }, 200);
  }, refuseBy(request));
}
