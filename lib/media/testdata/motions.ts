/** Motions for tests: the library's Macarena, and made-up ones. */
import { loadLibrary } from "../../library/mod.ts";
import { createMotion, type Motion, motionOf } from "../../motion/mod.ts";
import { armsPose } from "./dance.ts";

let loaded: Promise<Motion> | undefined;

/** The Macarena, once through: 12 keys, about 7 s. */
export function macarena(): Promise<Motion> {
  loaded ??= loadLibrary().then((library) => {
    const choreography = library.choreography("macarena");
    if (choreography === undefined) throw new Error("The library has no Macarena");
    return motionOf(library, choreography);
  });
  return loaded;
}

/** A key whose arms are raised so far, degrees. */
export const armsKey = (left: number, right: number, caption?: string) => ({
  pose: armsPose({ left: [left, 0], right: [right, 0] }),
  beats: 1,
  ...(caption !== undefined && { caption }),
});

/** A second with two keys: arms down, arms up. */
export const wave = (): Motion => createMotion([armsKey(10, 10), armsKey(150, 150)], { bpm: 120 });

/** All bytes of a writer. */
export async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of parts) all.push(part.slice());
  return new Uint8Array(await new Blob(all).arrayBuffer());
}
