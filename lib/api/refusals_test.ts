import assert from "node:assert/strict";
import { restWith, withApi } from "./testing.ts";

/** Answers, each checked to be a problem that says what it is. */
async function problem(response: Response) {
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const told = await response.json();
  assert.equal(told.status, response.status);
  assert.match(told.type, /^urn:pose-api:[a-z-]+$/);
  assert.ok(told.title.length > 3 && told.detail.length > 3);
  return told;
}

const joints = restWith().joints;
const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`joint_${i}`, [0, 1, 0]]));
const { left_wrist: _, ...without } = joints;

/** Bodies of /visualize that are refused: why, and the field that the answer names. */
const BAD_POSES: readonly (readonly [name: string, pose: unknown, field: string])[] = [
  ["no pose", undefined, "pose"],
  ["a list", [], "pose"],
  ["three joints", { joints: { head: [0, 1, 0], neck: [0, 1, 0], pelvis: [0, 1, 0] } }, "pose.joints.spine"],
  ["300 joints", { joints: { ...joints, ...many } }, "pose.joints.joint_0"],
  ["a joint too few", { joints: without }, "pose.joints.left_wrist"],
  ["text", restWith({ head: ["0", 1, 0] }), "pose.joints.head.0"],
  ["null for NaN", restWith({ head: [NaN, 1, 0] }), "pose.joints.head.0"],
  ["beyond ten metres", restWith({ head: [0, 10.01, 0] }), "pose.joints.head.1"],
  ["1e308", restWith({ head: [0, 0, -1e308] }), "pose.joints.head.2"],
  ["two numbers", restWith({ head: [0, 1] }), "pose.joints.head"],
  ["four numbers", restWith({ head: [0, 1, 2, 3] }), "pose.joints.head"],
  ["one hand", { joints, hands: { left: { direction: [0, 1, 0], palm: [1, 0, 0] } } }, "pose.hands.right"],
  ["a long direction", { joints, gaze: [0, 2, 0] }, "pose.gaze.1"],
];

Deno.test("a pose that is none is refused by its field, and unknown joints with the one that was meant", () =>
  withApi(async (ask) => {
    for (const path of ["/visualize", "/analyze"]) {
      for (const [name, pose, field] of BAD_POSES) {
        const response = await ask(path, { json: { pose } });
        assert.equal(response.status, 422, `${path}: ${name}`);
        const { errors } = await problem(response);
        const fields = errors.map((error: { field: string }) => error.field);
        assert.ok(fields.includes(field), `${path}: ${name}: ${fields.join(" ")}`);
      }
      const { errors } = await problem(await ask(path, { json: { pose: restWith({ left_sholder: [0, 1, 0] }) } }));
      assert.deepEqual(errors, [{
        field: "pose.joints.left_sholder",
        value: "a list of 3",
        message: 'unknown key "left_sholder" (did you mean "left_shoulder"?)',
      }]);
    }
  }));

/** Bodies that are no JSON, or not as it must be sent. */
const BAD_BODIES: readonly (readonly [name: string, body: string, headers: Record<string, string>, status: number])[] =
  [
    ["nothing", "", {}, 400],
    ["half", '{"pose":', {}, 400],
    ["NaN", '{"pose":{"joints":{"head":[NaN,0,0]}}}', {}, 400],
    ["Infinity", '{"pose":Infinity}', {}, 400],
    ["deep nesting", "[".repeat(200_000), {}, 400],
    ["deep nesting, closed", "[".repeat(100_000) + "]".repeat(100_000), {}, 422],
    ["a megabyte", `{"pose":"${"x".repeat(1 << 20)}"}`, {}, 413],
    ["a number beyond all", '{"pose":{"joints":{"head":[1e999,0,0]}}}', {}, 422],
    ["text", "{}", { "content-type": "text/plain" }, 415],
    ["a form", "pose=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["another form wanted", JSON.stringify({ pose: restWith() }), { accept: "text/html" }, 406],
    ["a name of Object's", '{"pose":{"__proto__":{"joints":1},"constructor":1,"joints":{}}}', {}, 422],
  ];

Deno.test("what is no JSON, too long, in another form or too deep is refused", () =>
  withApi(async (ask) => {
    for (const [name, body, headers, status] of BAD_BODIES) {
      const response = await ask("/visualize", { method: "POST", json: body, headers });
      assert.equal(response.status, status, name);
      await problem(response);
    }
    const accepted = { "content-type": "application/json; charset=utf-8", accept: "image/*;q=0.5, text/html" };
    const body = JSON.stringify({ pose: restWith(), width: 16 });
    assert.equal((await ask("/visualize", { method: "POST", json: body, headers: accepted })).status, 200);
  }));

const frame = { pose_id: "arms_side" };

/** Other requests that are refused. */
const REFUSED: readonly (readonly [path: string, json: unknown, status: number, says: RegExp])[] = [
  ["/visualize", { pose: restWith(), width: 15 }, 422, /width/],
  ["/visualize", { pose: restWith(), width: 1025 }, 422, /width/],
  ["/visualize", { pose: restWith(), width: 100.5 }, 422, /width/],
  ["/visualize", { pose: restWith(), widht: 100 }, 422, /did you mean "width"/],
  ["/poses/search", { query: "x".repeat(2001) }, 422, /query.*2000/],
  ["/poses/search", { query: "hands up", k: 0 }, 422, /k:/],
  ["/poses/search", { query: "hands up", k: 101 }, 422, /k:/],
  ["/poses/search", { query: "hands up", retriever: "tfdif" }, 422, /did you mean "tfidf"/],
  ["/poses/search", { query: "hands up", retriever: "../../etc/passwd" }, 422, /retriever/],
  ["/animations", { frames: [] }, 422, /frames/],
  ["/animations", { frames: Array(121).fill(frame) }, 422, /frames.*120/],
  ["/animations", { frames: [frame], fps: 0 }, 422, /fps/],
  ["/animations", { frames: [frame], fps: 26 }, 422, /fps/],
  ["/animations", { frames: [frame], size: 2000 }, 422, /size/],
  ["/animations", { frames: [frame], format: "avi" }, 422, /format/],
  ["/animations", { frames: [frame, { pose_id: "arms_sid" }] }, 422, /frames\.1\.pose_id.*"arms_side"/],
  ["/animations", { frames: [{ pose_id: "../../deno.json" }] }, 422, /frames\.0\.pose_id/],
  ["/animations", { frames: [{ notation: { left_arm: "sid high" } }] }, 422, /left_arm.*"side high"/],
  [
    "/animations",
    { frames: [{ notation: { left_leg: "forward middle", right_leg: "side middle" } }] },
    422,
    /nearest pose is/,
  ],
  ["/animations", { frames: [{ ...frame, description: "hands up" }] }, 422, /frames\.0/],
  ["/animations", { frames: [{}] }, 422, /frames\.0/],
  ["/dances", { request: "" }, 422, /request/],
  ["/dances", { request: "?!…" }, 422, /request/],
  ["/dances", { request: "x".repeat(2001) }, 422, /request/],
  ["/dances", { request: "macarena", frames: 121 }, 422, /frames/],
  ["/dances", { request: "macarena", method: "telepathy" }, 422, /method/],
  ["/dances", { request: "a lecture on tax law", method: "retrieve" }, 422, /request/],
];

Deno.test("each limit and each closed list refuses what is beyond it", () =>
  withApi(async (ask) => {
    for (const [path, json, status, says] of REFUSED) {
      const response = await ask(path, { json });
      const told = await problem(response);
      assert.equal(response.status, status, `${path} ${JSON.stringify(json).slice(0, 80)}`);
      assert.match(told.detail, says);
      assert.ok(told.errors.length > 0);
    }
  }));

Deno.test("what is not there, and methods that an address does not take, are told", () =>
  withApi(async (ask) => {
    const named = await problem(await ask("/poses/arms_sid"));
    assert.match(named.detail, /did you mean "arms_side"/);
    for (
      const path of [
        "/nothing",
        "/poses/../deno.json",
        "/poses/%2e%2e%2fdeno.json",
        "/docs/../package.json",
        "/docs/index.html",
      ]
    ) {
      assert.equal((await problem(await ask(path))).status, 404, path);
    }
    for (
      const [path, method, allow] of [["/visualize", "GET", "POST"], ["/health", "DELETE", "GET, HEAD"], [
        "/poses/search",
        "PUT",
        "POST",
      ]]
    ) {
      const response = await ask(path ?? "", { ...(method && { method }) });
      assert.equal(response.headers.get("allow"), allow);
      assert.equal((await problem(response)).status, 405);
    }
    assert.equal((await ask("/health", { method: "HEAD" })).status, 200);
    for (const query of ["limit=0", "limit=1e2", "limit=201", "offset=-1", "theme=armz", "limit=", "limit=1&limit=2"]) {
      assert.equal((await problem(await ask(`/poses?${query}`))).status, 422, query);
    }
  }));

Deno.test("a body of many mistakes is told in a few lines and little time", () =>
  withApi(async (ask) => {
    const start = performance.now();
    const keys = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`left_wris${i}`, 0]));
    const told = await problem(await ask("/visualize", { json: { pose: { joints: { ...joints, ...keys } } } }));
    assert.ok(JSON.stringify(told).length < 5000);
    const frames = Array(100_000).fill({});
    assert.ok(JSON.stringify(await problem(await ask("/animations", { json: { frames } }))).length < 10_000);
    assert.ok(performance.now() - start < 4000);
  }));
