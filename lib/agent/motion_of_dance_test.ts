import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { motionOf } from "../motion/mod.ts";
import { composeDance } from "./compose.ts";
import { motionOfDance } from "./motion_of_dance.ts";

const library = await loadLibrary();
const danced = (request: string, frames?: number) =>
  composeDance({ library, request, method: "retrieve", ...(frames !== undefined && { frames }) });

Deno.test("motionOfDance() moves as the choreography does, with its turns and what touches", async () => {
  for (const id of ["macarena", "turning_jump"]) {
    const choreography = library.choreography(id);
    assert.ok(choreography);
    const motion = motionOfDance(await danced(id), library);
    const wanted = motionOf(library, choreography);
    assert.ok(Math.abs(motion.seconds - wanted.seconds) < 1e-9);
    for (const [i, key] of motion.keys.entries()) {
      const { pose, contacts, airborne, turn } = wanted.keys[i] ?? key;
      assert.deepEqual([key.pose.id, key.contacts, key.airborne, key.turn], [pose.id, contacts, airborne, turn]);
    }
  }
});

Deno.test("motionOfDance() takes a dance of another length", async () => {
  const motion = motionOfDance(await danced("macarena", 5), library);
  assert.equal(motion.keys.length, 5);
  assert.ok(motion.seconds > 0);
});
