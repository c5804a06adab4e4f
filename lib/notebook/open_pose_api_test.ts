import assert from "node:assert/strict";
import { loadLibrary } from "../library/mod.ts";
import { openPoseApi } from "./open_pose_api.ts";

Deno.test({
  name: "openPoseApi() serves a library on this machine, once",
  // It is served until the process ends.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const library = await loadLibrary();
    const [first, second] = await Promise.all([openPoseApi(library), openPoseApi(library)]);
    assert.equal(first.base, second.base);
    assert.match(first.base, /^http:\/\/127\.0\.0\.1:\d+$/);
    const health = await (await fetch(new URL("/health", first.base))).json();
    assert.equal(health.status, "healthy");
  },
});
