/** `POST /dances`: a request in words as a dance, with its progress as events. */
import { createRoute, z } from "@hono/zod-openapi";
import { composeDance, type Dance, type DanceEvent, METHODS, motionOfDance, RefusedError } from "../agent/mod.ts";
import { AssetError } from "../assets/mod.ts";
import { LlmError } from "../llm/mod.ts";
import { drawAnimation } from "../media/mod.ts";
import { encodeMotion } from "./encode_motion.ts";
import { eventStream, type Send } from "./event_stream.ts";
import { checkStills, FORMATS, formatSchema, preferredFormat, stillsSchema } from "./formats.ts";
import { invalidField, Problem, problemOf, refuseBy } from "./problem.ts";
import { givenPoseSchema, REST_JOINTS } from "./schemas.ts";
import { retrieverSchema } from "./search_route.ts";
import { type App, BODY_PROBLEMS, jsonBody, problems, type Service, within } from "./service.ts";

const USUAL_SIZE = 480;

const danceSchema = z.looseObject({
  request: z.string(),
  language: z.enum(["en", "ru"]),
  method: z.enum(METHODS),
  retriever: z.string(),
  model: z.string().nullable().openapi({ description: "null where none was asked" }),
  seed: z.int(),
  choice: z.looseObject({ by: z.string(), among: z.string(), id: z.string().nullable(), reason: z.string() }),
  frames: z.array(z.looseObject({
    description: z.string(),
    pose_id: z.string(),
    score: z.number(),
    seconds: z.number(),
    author: z.enum(["library", "model", "request"]),
    pose: givenPoseSchema,
  })),
}).openapi("Dance", {
  example: {
    request: "Создай танец макарена",
    language: "ru",
    method: "retrieve",
    retriever: "hybrid",
    model: null,
    seed: 1,
    choice: { by: "retrieval", among: "choreographies", id: "macarena", reason: "так называется только этот танец" },
    frames: [{
      description: "правая рука вытянута вперёд, ладонь вниз",
      pose_id: "right_arm_forward",
      score: 0.98,
      seconds: 0.58,
      author: "library",
      pose: { id: "right_arm_forward", joints: REST_JOINTS },
    }],
  },
});

/** What is asked, as its schema reads it. */
type Asked = z.infer<ReturnType<typeof requestSchema>>;

const requestSchema = ({ limits }: Service) =>
  z.strictObject({
    request: z.string().min(1).max(limits.characters).openapi({ description: "What to dance, or a choreography's id" }),
    frames: z.int().min(1).max(limits.frames).optional().openapi({
      description: "Key poses; each move once unless said",
    }),
    method: z.enum(METHODS).optional().openapi({ description: "auto unless said; retrieve asks no model" }),
    retriever: retrieverSchema,
    format: formatSchema,
    stills: stillsSchema,
    size: z.int().min(limits.side.least).max(limits.side.most).optional().openapi({
      description: `Pixels of a side; ${USUAL_SIZE} unless said`,
    }),
    seed: z.int().min(0).max(2 ** 31 - 1).optional().openapi({ description: "Of the model's choices; 1 unless said" }),
  }).openapi("DanceRequest");

/** `POST /dances`. */
export function addDances(app: App, service: Service): void {
  const request = requestSchema(service);
  const route = createRoute({
    method: "post",
    tags: ["Animations"],
    path: "/dances",
    summary: "A request becomes a dance, by a language model and retrieval",
    description:
      "With `Accept: text/event-stream` events tell the way: `queued` {before}, `progress` (what is asked, " +
      "chosen, found; how many moves are planned, frames drawn), at the end `result` {dance, gif or mp4: base64} or " +
      `\`problem\`. Hanging up cancels it. At most ${service.limits.drawnFrames} frames are drawn: a longer dance has ` +
      "fewer a second.",
    request: jsonBody(request, {
      macarena: {
        summary: "The Macarena, without a model",
        value: { request: "Создай танец макарена", method: "retrieve" },
      },
      exercise: {
        summary: "What the model thinks of, as JSON",
        value: { request: "morning exercise", format: "json" },
      },
    }),
    responses: {
      200: {
        description: "The dance",
        content: {
          "image/gif": { schema: z.string().openapi({ format: "binary" }) },
          "video/mp4": { schema: z.string().openapi({ format: "binary" }) },
          "application/json": { schema: danceSchema },
          "text/event-stream": { schema: z.string() },
        },
      },
      ...problems(...BODY_PROBLEMS, "not-acceptable", "busy", "unavailable", "too-slow"),
    },
  });
  app.openapi(route, async (c) => {
    const asked = c.req.valid("json");
    const format = preferredFormat(c.req.header("accept"), asked.format, "events");
    checkStills(asked.stills ?? false, format === "events" ? asked.format ?? "gif" : format);
    if (format === "events") {
      service.gates.dances.checkRoom();
      return eventStream(c.var.signal, (signal, send) => tellDance(asked, service, signal, send));
    }
    const { dance, file } = await makeDance({ ...asked, format }, service, c.var.signal);
    if (file) return c.body(file, 200, { "content-type": FORMATS[format] });
    // Poses are as `GivenPose` has them, but for `readonly`.
    return c.json(dance as unknown as z.infer<typeof danceSchema>, 200);
  }, refuseBy(request));
}

interface Made {
  readonly dance: Dance;
  readonly file?: Uint8Array<ArrayBuffer>;
}

/** Makes a dance when it is its turn: there is one model. */
async function makeDance(asked: Asked, service: Service, gone: AbortSignal, send?: Send): Promise<Made> {
  const { library, gates, limits, backend } = service;
  const { request, frames, method, retriever, format = "gif", stills = false, size = USUAL_SIZE, seed } = asked;
  try {
    return await gates.dances.run(
      () =>
        within(limits.seconds.dance, gone, async (signal) => {
          const dance = await composeDance({
            library,
            request,
            retriever: await service.retriever(retriever),
            connect: () => service.connect(),
            signal,
            ...(method && { method }),
            ...(frames !== undefined && { frames }),
            ...(seed !== undefined && { seed }),
            ...(send && { onEvent: (event) => send("progress", toldOf(event)) }),
          });
          if (format === "json") return { dance };
          const tell = (type: "planned" | "drawn") => (done: number, total: number) => {
            // As often as people want to hear it: twelve times or so.
            if (done % Math.ceil(total / 12) === 0 || done === total) send?.("progress", { type, done, total });
          };
          const drawing = { size, backend, signal, onProgress: tell("drawn") };
          if (format === "mp4" || !stills) {
            const motion = motionOfDance(dance, library);
            return {
              dance,
              file: await encodeMotion(motion, format, limits, { ...drawing, onPlanned: tell("planned") }),
            };
          }
          const drawn = dance.frames.map(({ pose, seconds, description }) => ({ pose, seconds, caption: description }));
          return { dance, file: await drawAnimation(drawn, drawing) };
        }),
      gone,
      send && ((before) => send("queued", { before })),
    );
  } catch (error) {
    throw danceProblem(error, request, service);
  }
}

/** An event without the pose's joints: they come with the result. */
const toldOf = (event: DanceEvent): unknown =>
  event.type === "frame" ? { ...event, frame: { ...event.frame, pose: undefined } } : event;

function danceProblem(error: unknown, request: string, { log }: Service): unknown {
  if (error instanceof RefusedError) return invalidField("request", request, error.message);
  if (!(error instanceof LlmError || error instanceof AssetError)) return error;
  log.warn("no language model: {reason}", { reason: error.message });
  return new Problem(
    "unavailable",
    'No language model answers: see the server\'s log; the method "retrieve" needs none',
    {
      cause: error,
      headers: { "retry-after": "60" },
    },
  );
}

/** The same, told event by event. */
async function tellDance(asked: Asked, service: Service, signal: AbortSignal, send: Send): Promise<void> {
  try {
    const { dance, file } = await makeDance(asked, service, signal, send);
    send("result", { dance, ...(file && { [asked.format ?? "gif"]: file.toBase64() }) });
  } catch (error) {
    const problem = problemOf(error, signal);
    if (problem.kind === "fault") service.log.error("POST /dances: {error}", { error });
    send("problem", problem);
  }
}
