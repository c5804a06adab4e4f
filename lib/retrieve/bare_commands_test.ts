import assert from "node:assert/strict";
import { describedPoses, loadLibrary } from "../library/mod.ts";
import { createRetriever, DEFAULT_RETRIEVER } from "./mod.ts";

/** What a person says first of all, and the plainest pose of it. */
const COMMANDS = {
  standing: ["встань", "встать", "stand", "stand up"],
  squat: ["присядь", "присесть", "присед", "squat", "squat down"],
  half_forward_fold: ["наклонись", "наклониться", "bend", "bend forward"],
  jump_arms_up: ["подпрыгни", "прыгни", "jump"],
  lying_on_back: ["ляг", "ложись", "lie down"],
  sitting_on_chair: ["сядь", "sit", "sit down"],
  bow: ["поклонись", "bow"],
  kneeling: ["встань на колени", "kneel"],
};

Deno.test("a bare command finds the plainest pose", async () => {
  const retriever = await createRetriever(DEFAULT_RETRIEVER, describedPoses(await loadLibrary()));
  for (const [pose, commands] of Object.entries(COMMANDS)) {
    for (const command of commands) assert.equal((await retriever.search(command, 1))[0]?.id, pose, command);
  }
});
