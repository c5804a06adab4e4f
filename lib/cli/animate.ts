/** `pose animate`: key poses from a file become a motion. */
import { basename, dirname, extname, join } from "node:path";
import { RefusedError } from "../agent/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { checkWritable } from "../media/mod.ts";
import { motionOfKeyPoses } from "./key_poses.ts";
import { prepareRetriever } from "./prepare_retriever.ts";
import { checkFormat, type MotionFileOptions, saveMotion } from "./save_motion.ts";
import { readJsonFromStdin, type Terminal } from "./terminal.ts";

/** The options of `pose animate`. */
export interface AnimateOptions extends MotionFileOptions {
  readonly retriever: string;
  readonly output?: string;
  readonly json: boolean;
}

/**
 * Animates the key poses of a JSON file, or of stdin.
 *
 * @throws {RefusedError} naming what is wrong with the file; {WriteError} where the animation can't be written.
 */
export async function animate(file: string, options: AnimateOptions, terminal: Terminal): Promise<void> {
  const { signal } = terminal;
  const name = file === "-" ? "animation" : basename(file, extname(file));
  const path = options.output ?? join("outputs", `${name}.gif`);
  checkFormat(path, options);
  await checkWritable(dirname(path));
  const value = file === "-" ? await readJsonFromStdin("the key poses") : await readJson(file);
  await prepareRetriever(options.retriever, signal);
  const motion = await motionOfKeyPoses(value, { library: await loadLibrary(), retriever: options.retriever, signal });
  const { bytes } = await saveMotion(motion, path, options, terminal);
  if (options.json) terminal.json({ path, bytes, seconds: motion.seconds, keys: motion.keys });
  else terminal.say(`Saved: ${path} (${motion.keys.length} key poses, ${(bytes / 1000).toFixed(0)} kB)`);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(file));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RefusedError(`Cannot read the key poses from "${file}": ${why}`);
  }
}
