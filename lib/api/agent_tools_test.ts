import assert from "node:assert/strict";
import { type AgentTool, ArgumentsError, type MadeFile, poseTools, ToolError } from "../agent/mod.ts";
import { REST_JOINTS } from "./schemas.ts";
import { withApi } from "./testing.ts";

/** Calls tools of an API in this process by their names; what they keep is kept. */
async function withTools(
  test: (call: (name: string, args: unknown) => Promise<Record<string, unknown>>, files: MadeFile[]) => Promise<void>,
) {
  await withApi(async (_, { app }) => {
    const files: MadeFile[] = [];
    const base = "http://pose.test";
    const tools = poseTools({ base, fetch: async (input, init) => await app.fetch(new Request(input, init)) });
    const named = (name: string): AgentTool => {
      const tool = tools.find(({ definition }) => definition.function.name === name);
      assert.ok(tool, name);
      return tool;
    };
    const keep = (file: MadeFile) => `file ${files.push(file)}: ${file.about}`;
    await test(async (name, args) => await named(name).call(args, { keep }) as Record<string, unknown>, files);
  });
}

Deno.test("search_poses finds, in both languages, and says where nothing is near", async () => {
  await withTools(async (call) => {
    for (const query of ["both arms straight up", "обе руки вверх"]) {
      const { found } = await call("search_poses", { query, k: 3 }) as { found: { pose_id: string }[] };
      assert.equal(found.length, 3);
      assert.equal(found[0]?.pose_id, "arms_up");
    }
    const nothing = await call("search_poses", { query: "quarterly revenue" });
    assert.deepEqual(nothing["found"], []);
  });
});

Deno.test("get_pose gives joints to a centimetre, and the nearest name of a pose that there is not", async () => {
  await withTools(async (call) => {
    const pose = await call("get_pose", { pose_id: "arms_up" });
    assert.equal(Object.keys(pose["joints"] as object).length, 18);
    assert.ok(JSON.stringify(pose).length < 3000);
    await assert.rejects(call("get_pose", { pose_id: "arms_upp" }), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, /404.*did you mean "arms_up"/);
      return true;
    });
    await assert.rejects(call("get_pose", { pose_id: "../../etc/passwd" }), ToolError);
  });
});

Deno.test("analyze_pose tells what is wrong with joints, and that a pose of the library is a body", async () => {
  await withTools(async (call) => {
    assert.equal((await call("analyze_pose", { pose_id: "arms_up" }))["valid"], true);
    const joints = { ...REST_JOINTS, left_wrist: [2, 0.9, 0] };
    const { valid, errors } = await call("analyze_pose", { joints });
    assert.equal(valid, false);
    assert.match(String(errors), /left_wrist/);
    await assert.rejects(call("analyze_pose", { joints, pose_id: "arms_up" }), ArgumentsError);
    await assert.rejects(call("analyze_pose", {}), ArgumentsError);
  });
});

Deno.test("visualize_pose and create_animation keep their files and give a handle", async () => {
  await withTools(async (call, files) => {
    const picture = await call("visualize_pose", { pose_id: "arms_up" });
    assert.equal(picture["shown"], "file 1: 480 × 480 px");
    const animation = await call("create_animation", {
      frames: [
        { description: "both arms straight up" },
        { pose_id: "hands_on_hips" },
        { joints: { ...REST_JOINTS, left_wrist: [2, 0.9, 0] } },
      ],
    });
    assert.match(String(animation["shown"]), /^file 2: 3 frames, 480 × \d+ px$/);
    const [up, hips, broken] = animation["frames"] as string[];
    assert.match(up ?? "", /^arms_up \(\d\.\d\d\)$/);
    assert.equal(hips, "hands_on_hips");
    assert.match(broken ?? "", /^joints: left_elbow to left_wrist is .* cm long/);
    assert.deepEqual(files.map(({ bytes }) => new TextDecoder("latin1").decode(bytes.slice(1, 4))), ["PNG", "IF8"]);
    assert.ok(!JSON.stringify([picture, animation]).includes("base64"));
    await assert.rejects(call("create_animation", { frames: [{ pose_id: "a", description: "b" }] }), ArgumentsError);
  });
});

Deno.test("an API that is not there is told as such", async () => {
  const [tool] = poseTools({ base: "http://127.0.0.1:9" });
  await assert.rejects(
    async () => await tool?.call({ frames: [{ pose_id: "arms_up" }] }, { keep: () => "" }),
    (error) => error instanceof ToolError && /127\.0\.0\.1:9 can't be reached/.test(error.message),
  );
});
