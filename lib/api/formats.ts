/** The forms in which an animation is given. */
import { z } from "@hono/zod-openapi";
import { preferred } from "./accept.ts";

/** Media types by the name of the form. */
export const FORMATS = {
  gif: "image/gif",
  mp4: "video/mp4",
  json: "application/json",
  events: "text/event-stream",
} as const;

/** The form of a file. */
export type FileFormat = "gif" | "mp4" | "json";

/** The form as a request says it. */
export const formatSchema = z.enum(["gif", "mp4", "json"]).optional().openapi({
  description:
    "What `Accept` asks for, and gif, unless said. A gif shows the key poses one after another, an mp4 a body " +
    "that moves between them",
});

/**
 * The form that a client wants.
 *
 * @param accept the header. @param asked what the body says, before which no other file is taken. @param others beside files.
 * @throws {Problem} `not-acceptable`.
 */
export function preferredFormat<Other extends "events" = never>(
  accept: string | undefined,
  asked: FileFormat | undefined,
  ...others: Other[]
): FileFormat | Other {
  const names: (FileFormat | Other)[] = [...(asked ? [asked] : ["gif", "mp4", "json"] as const), ...others];
  const [first = "gif", ...rest] = names;
  const type = preferred(accept, [FORMATS[first], ...rest.map((name) => FORMATS[name])]);
  return names.find((name) => FORMATS[name] === type) ?? first;
}
