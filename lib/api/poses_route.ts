/** `GET /poses` and `GET /poses/{id}`: what the library holds. */
import { createRoute, z } from "@hono/zod-openapi";
import type { LibraryPose } from "../library/mod.ts";
import { nearestWord } from "../text/mod.ts";
import { Problem } from "./problem.ts";
import { renderPng } from "./render.ts";
import { givenPoseSchema, REST_JOINTS, wholeNumber } from "./schemas.ts";
import { type App, problems, type Service } from "./service.ts";

const libraryPoseSchema = z.object({
  id: z.string(),
  theme: z.string(),
  describe: z.object({ en: z.array(z.string()), ru: z.array(z.string()) }),
  pose: givenPoseSchema,
}).openapi("LibraryPose", {
  example: {
    id: "standing",
    theme: "arms",
    describe: { en: ["standing straight", "stand still"], ru: ["стоять прямо", "стойка"] },
    pose: { id: "standing", joints: REST_JOINTS },
  },
});

const told = ({ id, theme, describe, pose }: LibraryPose) => ({
  id,
  theme,
  describe: { en: [...describe.en], ru: [...describe.ru] },
  pose: pose as z.infer<typeof givenPoseSchema>,
});

const id = z.string().min(1).max(100).openapi({ param: { name: "id", in: "path" }, example: "arms_to_the_sides" });

/**
 * The pose of that id.
 *
 * @throws {Problem} `not-found`, with the nearest id.
 */
export function poseNamed({ library }: Service, id: string): LibraryPose {
  const found = library.pose(id);
  if (found) return found;
  const meant = nearestWord(id, library.poses.map((pose) => pose.id));
  throw new Problem("not-found", `There is no pose "${id}"${meant === undefined ? "" : `: did you mean "${meant}"?`}`, {
    errors: [{
      field: "id",
      value: id,
      message: meant === undefined ? "GET /poses lists them" : `did you mean "${meant}"?`,
    }],
  });
}

/** `GET /poses`, `GET /poses/{id}`, `GET /poses/{id}/picture`. */
export function addPoses(app: App, service: Service): void {
  const { library, limits } = service;
  const themes = [...new Set(library.poses.map(({ theme }) => theme))].sort();
  const [first = "arms", ...rest] = themes;

  app.openapi(
    createRoute({
      method: "get",
      tags: ["Poses"],
      path: "/poses",
      summary: "The poses, with their descriptions",
      request: {
        query: z.object({
          theme: z.enum([first, ...rest]).optional().openapi({ example: first }),
          limit: wholeNumber(1, limits.page, 50),
          offset: wholeNumber(0, 1_000_000, 0),
        }),
      },
      responses: {
        200: {
          description: "A page of poses",
          content: {
            "application/json": {
              schema: z.object({
                total: z.int().openapi({ description: "How many there are, all pages together" }),
                offset: z.int(),
                themes: z.array(z.string()),
                poses: z.array(libraryPoseSchema),
              }).openapi("PosePage"),
            },
          },
        },
        ...problems("invalid"),
      },
    }),
    (c) => {
      const { theme, limit, offset } = c.req.valid("query");
      const some = theme === undefined ? library.poses : library.poses.filter((pose) => pose.theme === theme);
      const poses = some.slice(offset, offset + limit).map(told);
      return c.json({ total: some.length, offset, themes, poses }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      tags: ["Poses"],
      path: "/poses/{id}",
      summary: "One pose",
      request: { params: z.object({ id }) },
      responses: {
        200: { description: "The pose", content: { "application/json": { schema: libraryPoseSchema } } },
        ...problems("not-found", "invalid"),
      },
    }),
    (c) => c.json(told(poseNamed(service, c.req.valid("param").id)), 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      tags: ["Poses"],
      path: "/poses/{id}/picture",
      summary: "One pose, drawn",
      request: {
        params: z.object({ id }),
        query: z.object({ size: wholeNumber(limits.side.least, limits.side.most, 240) }),
      },
      responses: {
        200: {
          description: "A square picture",
          content: { "image/png": { schema: z.string().openapi({ format: "binary" }) } },
        },
        ...problems("not-found", "invalid", "busy"),
      },
    }),
    async (c) => {
      const { pose } = poseNamed(service, c.req.valid("param").id);
      const { size } = c.req.valid("query");
      const png = await renderPng(service, pose, { width: size, height: size }, c.var.signal);
      return c.body(png, 200, { "content-type": "image/png", "cache-control": "max-age=3600" });
    },
  );
}
