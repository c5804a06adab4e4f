/** `POST /poses/search`: the poses that a description means. */
import { createRoute, z } from "@hono/zod-openapi";
import { createPoseSearch } from "../agent/mod.ts";
import { RETRIEVERS } from "../retrieve/mod.ts";
import type { ApiLimits } from "./limits.ts";
import { refuseBy } from "./problem.ts";
import { givenPoseSchema, REST_JOINTS } from "./schemas.ts";
import { type App, BODY_PROBLEMS, jsonBody, problems, type Service } from "./service.ts";

/** The name of a retriever. */
export const retrieverSchema = z.enum(RETRIEVERS).optional().openapi({
  description: "How the description finds poses; `embed` needs `make embeddings`",
});

const requestSchema = ({ characters, results }: ApiLimits) =>
  z.strictObject({
    query: z.string().max(characters).openapi({ description: "What the pose looks like, in English or Russian" }),
    k: z.int().min(1).max(results).optional().openapi({ description: "How many results at most; 5 unless said" }),
    retriever: retrieverSchema,
  }).openapi("Search");

const resultSchema = z.object({
  query: z.string(),
  retriever: z.enum(RETRIEVERS),
  answered: z.boolean().openapi({ description: "false: nothing is near, these are only the nearest three" }),
  results: z.array(z.object({ id: z.string(), score: z.number(), description: z.string(), pose: givenPoseSchema }))
    .openapi({ description: "Best first" }),
  composed: givenPoseSchema.optional().openapi({
    description: "What the query's own words make, where nothing is near",
  }),
  choreography: z.string().optional().openapi({
    description: "The dance that the query names, where it names one: ask `POST /dances` for it",
  }),
}).openapi("SearchResult", {
  example: {
    query: "arms out to the sides",
    retriever: "hybrid",
    answered: true,
    results: [{
      id: "arms_to_the_sides",
      score: 0.97,
      description: "both arms out to the sides at shoulder height",
      pose: { id: "arms_to_the_sides", joints: REST_JOINTS },
    }],
  },
});

/** `POST /poses/search`. */
export function addSearch(app: App, service: Service): void {
  const { library, limits } = service;
  const find = createPoseSearch(library);
  const request = requestSchema(limits);
  const route = createRoute({
    method: "post",
    tags: ["Poses"],
    path: "/poses/search",
    summary: "Find the poses that a description means",
    request: jsonBody(request, {
      english: { summary: "In English", value: { query: "arms out to the sides", k: 3 } },
      russian: { summary: "In Russian, by words alone", value: { query: "руки на поясе", retriever: "tfidf" } },
    }),
    responses: {
      200: { description: "What was found", content: { "application/json": { schema: resultSchema } } },
      ...problems(...BODY_PROBLEMS, "unavailable"),
    },
  });
  app.openapi(route, async (c) => {
    const { query, k, retriever } = c.req.valid("json");
    const found = await find(await service.retriever(retriever), query, k ?? 5);
    // Poses are as `GivenPose` has them, but for `readonly`.
    return c.json(found as unknown as z.infer<typeof resultSchema>, 200);
  }, refuseBy(request));
}
