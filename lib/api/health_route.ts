/** `GET /health`: what is loaded, and how much is waiting. */
import { createRoute, z } from "@hono/zod-openapi";
import { DEFAULT_RETRIEVER } from "../retrieve/mod.ts";
import type { App, Service } from "./service.ts";

const room = z.object({ running: z.int(), waiting: z.int() });

const schema = z.object({
  status: z.literal("healthy"),
  poses: z.int(),
  choreographies: z.int(),
  retrievers: z.array(z.string()).openapi({ description: "Those that are loaded; others are at their first use" }),
  retriever: z.string().openapi({ description: "The usual one" }),
  canvas: z.string(),
  model: z.string().nullable().openapi({ description: "null before the first dance that asks one" }),
  megabytes: z.int().openapi({ description: "The process's resident memory" }),
  load: z.object({ renders: room, animations: room, dances: room }).openapi({ description: "What runs and waits now" }),
}).openapi("Health", {
  example: {
    status: "healthy",
    poses: 726,
    choreographies: 70,
    retrievers: ["hybrid"],
    retriever: "hybrid",
    canvas: "skia-canvas",
    model: null,
    megabytes: 310,
    load: {
      renders: { running: 0, waiting: 0 },
      animations: { running: 0, waiting: 0 },
      dances: { running: 0, waiting: 0 },
    },
  },
});

const route = createRoute({
  method: "get",
  tags: ["Service"],
  path: "/health",
  summary: "Whether it works, and what is loaded",
  responses: { 200: { description: "It works", content: { "application/json": { schema } } } },
});

/** `GET /health`. */
export function addHealth(app: App, service: Service): void {
  const { library, backend, gates } = service;
  app.openapi(route, (c) =>
    c.json({
      status: "healthy" as const,
      poses: library.poses.length,
      choreographies: library.choreographies.length,
      retrievers: [...service.loaded],
      retriever: DEFAULT_RETRIEVER,
      canvas: backend.name,
      model: service.connection?.endpoint.description ?? null,
      megabytes: Math.round(Deno.memoryUsage().rss / 1e6),
      load: { renders: gates.renders.load, animations: gates.animations.load, dances: gates.dances.load },
    }, 200));
}
