/** `pose api`: the Pose API on a port. */
import { configure, type LogRecord } from "@logtape/logtape";
import { API_PORT, createPoseApi, servePoseApi } from "../api/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { endSignal, portOf, type Terminal } from "./terminal.ts";

/** The options of `pose api`. */
export interface ApiOptions {
  readonly host?: string;
  readonly port?: number;
  readonly json: boolean;
}

/** A record as a line: level (unless it is a plain one) and message, without what a client sent beyond its path. */
function lineOf({ level, message }: LogRecord): string {
  const text = message.map((part) => typeof part === "string" ? part : partOf(part)).join("");
  return level === "info" ? text : `${level}: ${text}`;
}

const partOf = (part: unknown) => part instanceof Error ? part.stack ?? part.message : String(part);

/**
 * Serves until Ctrl-C or SIGTERM, which is no failure, then lets what runs come to its end; each request is a line on stderr.
 *
 * @throws {RefusedError} when PORT is no port; {Error} when the port is taken.
 */
export async function api(options: ApiOptions, terminal: Terminal): Promise<void> {
  const host = options.host ?? (Deno.env.get("HOST")?.trim() || "127.0.0.1");
  const port = options.port ?? portOf(Deno.env.get("PORT")?.trim(), API_PORT);
  const signal = endSignal(terminal.signal);
  await configure({
    sinks: { stderr: (record) => console.error(lineOf(record)) },
    loggers: [
      { category: ["pose"], sinks: ["stderr"], lowestLevel: "info" },
      { category: ["logtape", "meta"], sinks: [], lowestLevel: "error" },
    ],
  });
  const poses = await createPoseApi({ library: await loadLibrary() });
  try {
    await servePoseApi(poses, {
      host,
      port,
      signal,
      onListen: ({ url }) => {
        if (options.json) terminal.json({ url });
        terminal.say(
          `The Pose API answers at ${url} (Ctrl-C ends it): try it at ${url}/docs, all poses at ${url}/gallery`,
        );
      },
    });
  } finally {
    await poses.close();
  }
  terminal.say("Stopped.");
}
