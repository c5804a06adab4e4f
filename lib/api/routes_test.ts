import assert from "node:assert/strict";
import { GifReader } from "omggif";
import { restWith, smallLibrary, withApi } from "./testing.ts";

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && bytes[1] === 0x50;
const sizeOf = (png: Uint8Array<ArrayBuffer>) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

/** What a GIF plays: in how long a time, and how often (0: for ever). */
function playedBy(bytes: Uint8Array) {
  const gif = new GifReader(bytes);
  const delays = Array.from({ length: gif.numFrames() }, (_, i) => gif.frameInfo(i).delay);
  return { frames: delays.length, centiseconds: delays.reduce((a, b) => a + b, 0), loops: gif.loopCount() };
}

/** How many frames an MP4 holds: its table of sizes says. */
function filmFrames(mp4: Uint8Array<ArrayBuffer>): number {
  const at = new TextDecoder("latin1").decode(mp4).indexOf("stsz");
  return new DataView(mp4.buffer, mp4.byteOffset).getUint32(at + 12);
}

Deno.test("GET /health says what is loaded", () =>
  withApi(async (ask) => {
    const before = await (await ask("/health")).json();
    assert.equal(before.status, "healthy");
    assert.equal(before.poses, (await smallLibrary()).poses.length);
    assert.deepEqual([before.retrievers, before.model], [[], null]);
    await ask("/poses/search", { json: { query: "hands up", retriever: "char" } });
    assert.deepEqual((await (await ask("/health")).json()).retrievers, ["char"]);
  }));

Deno.test("GET /poses pages through a theme, and each pose is there by its id", () =>
  withApi(async (ask) => {
    const whole = await (await ask("/poses?theme=greetings&limit=200")).json();
    assert.equal(whole.total, whole.poses.length);
    const page = await (await ask("/poses?theme=greetings&limit=3&offset=2")).json();
    assert.equal(page.total, whole.total);
    assert.deepEqual(page.poses, whole.poses.slice(2, 5));
    const [pose] = page.poses;
    assert.deepEqual(await (await ask(`/poses/${pose.id}`)).json(), pose);
    assert.deepEqual((await (await ask("/poses?offset=100000")).json()).poses, []);
  }));

Deno.test("GET /poses/{id}/picture draws it as large as asked", () =>
  withApi(async (ask) => {
    const response = await ask("/poses/arms_side/picture?size=100");
    assert.equal(response.headers.get("content-type"), "image/png");
    assert.deepEqual(sizeOf(await response.bytes()), [100, 100]);
  }));

Deno.test("POST /poses/search finds in both languages by each retriever that needs no download", () =>
  withApi(async (ask) => {
    for (const retriever of ["hybrid", "slots", "tfidf", "char"]) {
      for (
        const query of [
          "both arms stretched out to the sides at shoulder height",
          "обе руки разведены в стороны на уровне плеч",
        ]
      ) {
        const found = await (await ask("/poses/search", { json: { query, retriever, k: 2 } })).json();
        assert.equal(found.retriever, retriever);
        assert.equal(found.answered, true, `${retriever}: ${query}`);
        assert.equal(found.results.length, 2);
        assert.equal(found.results[0].id, "arms_side", `${retriever}: ${query}`);
        assert.equal(found.results[0].pose.id, "arms_side");
        assert.ok(found.results[0].score >= found.results[1].score);
      }
    }
  }));

Deno.test("POST /poses/search says that a query names a dance", () =>
  withApi(async (ask) => {
    const search = async (query: string) => await (await ask("/poses/search", { json: { query } })).json();
    assert.equal((await search("макарена")).choreography, "macarena");
    assert.equal((await search("hands behind the head")).choreography, undefined);
  }));

Deno.test("POST /poses/search says when nothing is near, and what the words make by themselves", () =>
  withApi(async (ask) => {
    const nothing = await (await ask("/poses/search", { json: { query: "price of oil", k: 9 } })).json();
    assert.deepEqual([nothing.answered, nothing.results.length, nothing.composed], [false, 3, undefined]);
    const empty = await (await ask("/poses/search", { json: { query: "" } })).json();
    assert.equal(empty.answered, false);
  }));

Deno.test("POST /visualize gives a PNG of any size, or base64 with what is wrong", () =>
  withApi(async (ask) => {
    const usual = await (await ask("/visualize", { json: { pose: restWith() } })).bytes();
    assert.deepEqual(sizeOf(usual), [480, 480]);
    const wide = await (await ask("/visualize", { json: { pose: restWith(), width: 200, height: 90 } })).bytes();
    assert.deepEqual(sizeOf(wide), [200, 90]);
    const turned = await (await ask("/visualize", { json: { pose: restWith(), view: 90 } })).bytes();
    assert.notDeepEqual(turned, usual);
    const long = { pose: restWith({ left_wrist: [0.196, 3, 0] }) };
    const told = await (await ask("/visualize", { json: long, headers: { accept: "application/json" } })).json();
    assert.ok(isPng(Uint8Array.fromBase64(told.image)));
    assert.equal(told.valid, false);
    assert.deepEqual(told.errors.map(({ code, joint }: { code: string; joint: string }) => [code, joint])[0], [
      "bone_length",
      "left_wrist",
    ]);
  }));

Deno.test("POST /visualize draws whatever is within ten metres", () =>
  withApi(async (ask) => {
    const names = Object.keys(restWith().joints);
    const far = (n: number) =>
      names.map((joint, i) => [joint, [i % 2 ? 10 : -10, (i * n) % 3 ? 10 : -10, i % n ? 10 : -10]]);
    for (const at of [[0, 0, 0], [10, 10, 10], [-10, -10, -10], [1e-310, 5e-324, -1e-310]]) {
      const joints = Object.fromEntries(names.map((joint) => [joint, at]));
      assert.equal((await ask("/visualize", { json: { pose: { joints }, width: 64 } })).status, 200, String(at));
    }
    for (const n of [2, 3, 5, 7]) {
      const json = { pose: { joints: Object.fromEntries(far(n)), seat: 2 }, width: 64 };
      assert.equal((await ask("/visualize", { json })).status, 200);
    }
    const flat = { direction: [0, 0, 0], palm: [0, 0, 0] };
    const json = { pose: { ...restWith(), hands: { left: flat, right: flat }, gaze: [0, 0, 0] } };
    assert.equal((await ask("/visualize", { json })).status, 200);
  }));

Deno.test("POST /animations takes every way of telling a pose, as GIF and as JSON", () =>
  withApi(async (ask) => {
    const frames = [
      { description: "hands on the hips" },
      { pose_id: "arms_side" },
      restWith({ head: [0, 1.9, 0] }),
      { notation: { left_arm: "side high", right_arm: "side high" } },
    ];
    const response = await ask("/animations", { json: { frames, size: 120, fps: 4 } });
    assert.equal(response.headers.get("content-type"), "image/gif");
    const bytes = await response.bytes();
    assert.equal(new GifReader(bytes).width, 120);
    // One of them none that a body holds: all are shown as they are.
    assert.deepEqual(playedBy(bytes), { frames: 4, centiseconds: 100, loops: 0 });
    const told = await (await ask("/animations", { json: { frames, format: "json" } })).json();
    assert.deepEqual(told.frames.map(({ by }: { by: string }) => by), ["description", "pose_id", "joints", "notation"]);
    const [described, named, given, composed] = told.frames;
    assert.deepEqual([described.pose_id, described.answered, described.valid], ["hands_on_hips", true, true]);
    assert.ok(described.score > 0.5);
    assert.equal(named.pose.id, "arms_side");
    assert.deepEqual([given.valid, given.errors[0].joint], [false, "head"]);
    assert.ok(composed.valid && composed.pose.joints.left_wrist[1] > 1.5);
  }));

Deno.test("POST /animations moves a body from key to key as GIF, in the keys' time, unless stills are asked for", () =>
  withApi(async (ask) => {
    const airborne = restWith();
    for (const place of Object.values(airborne.joints) as number[][]) place[1] = (place[1] ?? 0) + 0.3;
    const frames = [{ pose_id: "arms_side" }, { description: "hands on the hips" }, airborne];
    const play = async (more: object) => {
      const response = await ask("/animations", { json: { frames, size: 64, fps: 2, ...more } });
      assert.equal(response.headers.get("content-type"), "image/gif");
      return playedBy(await response.bytes());
    };
    const smooth = await play({});
    assert.ok(smooth.frames > 12, `${smooth.frames} frames`);
    assert.deepEqual([smooth.centiseconds, smooth.loops], [150, 0]);
    assert.equal((await play({ loop: false })).loops, null);
    assert.deepEqual(await play({ stills: true }), { frames: 3, centiseconds: 150, loops: 0 });
    // Keys that follow each other as fast as frames do are all shown.
    assert.deepEqual(await play({ fps: 25 }), { frames: 3, centiseconds: 12, loops: 0 });
  }));

Deno.test("stills are a GIF's alone, whoever says which form is wanted", () =>
  withApi(async (ask) => {
    for (const path of ["/animations", "/dances"]) {
      const json = {
        ...(path === "/dances" ? { request: "macarena" } : { frames: [{ pose_id: "arms_side" }] }),
        stills: true,
      };
      const told = { ...json, format: "json" };
      for (const asked of [{ json: told }, { json, headers: { accept: "video/mp4" } }]) {
        const response = await ask(path, asked);
        assert.equal(response.status, 422);
        const [error] = (await response.json()).errors;
        assert.deepEqual([error.field, error.value], ["stills", true]);
        assert.match(error.message, /only a gif/);
      }
    }
  }));

Deno.test("what lasts long is drawn of no more frames than the limit", () =>
  withApi(async (ask) => {
    const frames = [{ pose_id: "arms_side" }, { pose_id: "hands_on_hips" }];
    const slow = await ask("/animations", { json: { frames, size: 64, fps: 0.25 } });
    const { frames: drawn, centiseconds } = playedBy(await slow.bytes());
    assert.equal(centiseconds, 800);
    // Poses that are held are frames that last.
    assert.ok(drawn > 2 && drawn <= 12, `${drawn} frames`);
    const film = await ask("/animations", { json: { frames, size: 64, fps: 0.25, format: "mp4" } });
    assert.equal(filmFrames(await film.bytes()), 12);
  }, { limits: { drawnFrames: 12 } }));

Deno.test("POST /animations moves a body from key to key as MP4, and refuses one that no body holds", () =>
  withApi(async (ask) => {
    const frames = [{ pose_id: "standing" }, { notation: { left_arm: "side high" } }, restWith()];
    const response = await ask("/animations", { json: { frames, format: "mp4", size: 64, fps: 3 } });
    assert.equal(response.headers.get("content-type"), "video/mp4");
    assert.equal(new TextDecoder().decode((await response.bytes()).slice(4, 8)), "ftyp");
    const json = { frames: [...frames, restWith({ head: [0, 2.5, 0] })], format: "mp4" };
    const refused = await (await ask("/animations", { json })).json();
    assert.match(refused.detail, /frames\.3\.joints.*neck to head.*A gif shows it/);
  }));

Deno.test("GET /docs and /gallery and all that they load are answered by this server alone", () =>
  withApi(async (ask) => {
    const root = await ask("/");
    assert.deepEqual([root.status, root.headers.get("location")], [302, "/docs"]);
    for (const path of ["/docs", "/gallery"]) {
      const response = await ask(path);
      const html = await response.text();
      assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'self'/);
      assert.doesNotMatch(html, /https?:/);
      const loaded = [...html.matchAll(/(?:src|href)="(\/[^"#?]+\.(?:js|css|png))"/g)].map(([, file = ""]) => file);
      assert.ok(loaded.length >= 2, path);
      for (const file of loaded) assert.equal((await (await ask(file)).bytes()).length > 50, true, file);
    }
    const gallery = await (await ask("/gallery")).text();
    for (const { id } of (await smallLibrary()).poses) assert.ok(gallery.includes(`/poses/${id}/picture`), id);
  }));
