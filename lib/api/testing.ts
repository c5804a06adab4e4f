/** A Pose API over a part of the library, for tests. */
import { checkPoseFile, choreographySchema, type Library } from "../library/mod.ts";
import { createPoseApi, type PoseApi, type PoseApiOptions } from "./create_api.ts";
import { REST_JOINTS } from "./schemas.ts";

const POSES = new URL("../../poses/", import.meta.url);

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(new URL(path, POSES)));
}

let library: Promise<Library> | undefined;

async function load(): Promise<Library> {
  const files = await Promise.all(["arms.json", "hands_on_body.json", "greetings.json"].map(readJson));
  const poses = files.flatMap((content) => checkPoseFile(content, "a file").checked).flatMap(({ pose }) => pose ?? []);
  const dances = await Promise.all(["dances/macarena.json", "dances/greeting.json"].map(readJson));
  const choreographies = dances.map((content) => choreographySchema.parse(content));
  return {
    poses,
    choreographies,
    pose: (id) => poses.find((pose) => pose.id === id),
    choreography: (id) => choreographies.find((dance) => dance.id === id),
  };
}

/** A hundred poses and two dances: a tenth of the time that the whole library takes. */
export const smallLibrary = (): Promise<Library> => library ??= load();

/** A request to an API in this process. */
export type Ask = (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>;

/** What `api.app.fetch` is asked over; `json` is sent as such, unless headers say otherwise. */
export const asking = ({ app }: PoseApi): Ask => async (path, { json, ...init } = {}) => {
  const body = json === undefined ? {} : {
    method: "POST",
    body: typeof json === "string" ? json : JSON.stringify(json),
  };
  const headers = new Headers(init.headers);
  if (json !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const request = new Request(`http://localhost${path}`, { ...body, ...init, headers });
  return await app.fetch(request, { signal: request.signal });
};

/** Makes an API without embeddings for the time of a test. */
export async function withApi(
  test: (ask: Ask, api: PoseApi) => Promise<void>,
  options: Partial<PoseApiOptions> = {},
): Promise<void> {
  const api = await createPoseApi({ library: await smallLibrary(), ...options });
  try {
    await test(asking(api), api);
  } finally {
    await api.close();
  }
}

/** A figure at rest, with some joints elsewhere. */
export const restWith = (joints: Record<string, unknown> = {}) => ({ joints: { ...REST_JOINTS, ...joints } });
