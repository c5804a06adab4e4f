/** `pose dance --method coordinates` as a person runs it, against a server on this machine. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { callsTools, writes } from "../agent/testing.ts";
import { JOINTS, REST } from "../skeleton/mod.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const rest = Object.fromEntries(JOINTS.map((joint) => [joint, REST[joint]]));
const call = (joints: unknown) => callsTools(["create_animation", { frames: [{ joints }] }]);

/** The command against a server that answers in turn. */
async function draw(output: string, ...answers: (() => Response)[]) {
  let asked = 0;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, ({ method }) => {
    if (method === "GET") return new Response(null, { status: 404 });
    return answers[asked++]?.() ?? writes("La la la.");
  });
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pose", "dance", "танец", "--method", "coordinates", "--frames", "3", "--output", output],
    cwd: ROOT,
    env: {
      NO_COLOR: "1",
      OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
      LLM_MODEL: "test-model",
      POSE_MODEL_FILE: "/dev/null",
    },
  }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

Deno.test("pose dance --method coordinates says and draws what is wrong, figure by figure; without a figure it ends with 1", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const output = join(folder, "a.gif");
    const none = await draw(output);
    assert.equal(none.code, 1);
    assert.match(none.err, /Nothing that test-model answered can be drawn\.\n1\. фигуры нет; написано: “La la la\.”/);
    assert.deepEqual([...Deno.readDirSync(folder)], []);

    const { code, out, err } = await draw(
      output,
      () => call(rest),
      () => call({ ...rest, left_wrist: [0.196, 2, 0] }),
    );
    assert.equal(code, 0, err);
    assert.match(
      out,
      /1\. тело так может\n +2\. ошибок: \d\n +left_elbow to left_wrist is 92\.6 cm long, not 24\.8 cm\n/,
    );
    assert.match(out, /3\. фигуры нет; написано: “La la la\.”\n/);
    assert.match(out, /Фигур, которые может принять тело: 1 из 3\n/);
    const sidecar = JSON.parse(await Deno.readTextFile(join(folder, "a.json")));
    assert.equal(sidecar.method, "coordinates");
    assert.equal(sidecar.valid, 1);
    assert.equal(sidecar.frames[1].faults[0].code, "bone_length");
    assert.ok(sidecar.trace.length > 6);
    const gif = await Deno.readFile(output);
    assert.equal(new TextDecoder().decode(gif.slice(0, 6)), "GIF89a");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
