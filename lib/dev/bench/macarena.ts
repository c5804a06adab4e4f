/** The frames that every side draws: those of `outputs/showcase/macarena.json`. */
import type { KeyPose } from "../../media/mod.ts";
import type { Pose } from "../../skeleton/mod.ts";

interface Sidecar {
  readonly frames: readonly { readonly pose: Pose; readonly description: string }[];
}

/**
 * The Macarena's twelve key poses, half a second each.
 *
 * @param options Whether with captions, which no peer draws.
 */
export async function macarena({ captions = false } = {}): Promise<KeyPose[]> {
  const { frames } = JSON.parse(await Deno.readTextFile("outputs/showcase/macarena.json")) as Sidecar;
  return frames.map(({ pose, description }) => ({ pose, seconds: 0.5, ...(captions && { caption: description }) }));
}
