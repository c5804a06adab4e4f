/** The forms in which an animation is given. */
import { z } from "@hono/zod-openapi";
import { preferred } from "./accept.ts";
import { invalidField } from "./problem.ts";

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
    "What `Accept` asks for, and gif, unless said. A gif and an mp4 show a body that moves from key pose to key pose",
});

/** Whether a GIF leaves out the movement, as a request says it. */
export const stillsSchema = z.boolean().optional().openapi({
  description:
    "Key poses one after another, without the movement between them, whose planning takes a second or more a move where " +
    "bodies roll on the floor: of a gif only; false unless said",
});

/** @throws {Problem} `invalid` where stills are asked of what shows none. */
export function checkStills(stills: boolean, format: FileFormat): void {
  if (stills && format !== "gif") {
    throw invalidField("stills", stills, `only a gif shows key poses without movement, and ${format} is asked for`);
  }
}

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
