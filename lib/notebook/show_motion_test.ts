import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { encode } from "../media/mod.ts";
import { createMotion } from "../motion/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { show } from "./show.ts";
import { showPlayer, showVideo } from "./show_motion.ts";
import { shown } from "./testing.ts";

const library = await loadLibrary();
const motion = createMotion(
  ["arms_up", "hands_behind_head"].flatMap((id) => {
    const found = library.pose(id);
    return found ? [{ pose: found.pose, beats: 1, contacts: found.contacts }] : [];
  }),
  { bpm: 120 },
);

const dataOf = (html: string | undefined, type: string) =>
  Buffer.from(html?.match(new RegExp(`data:${type};base64,([^"]+)`))?.[1] ?? "", "base64");

Deno.test("show() gives a motion as a GIF inside HTML", async () => {
  const [output] = await shown(() => show(motion, { size: 80, caption: "up <&> down" }));
  assert.match(output?.data["text/html"] ?? "", /^<img alt="up &lt;&amp;&gt; down"/);
  assert.equal(dataOf(output?.data["text/html"], "image/gif").subarray(0, 6).toString(), "GIF89a");
});

Deno.test("show() puts several motions side by side, and shows a PNG as it is", async () => {
  const [one, two, skin] = await shown(async () => {
    await show(motion, { size: 64 });
    await show([motion, motion], { size: 64, labels: ["a", "b"], view: ["front", "side"] });
    await show(await encode(motion, "png", { size: 64, still: "onion" }), { caption: "skin" });
  });
  const width = (html: string | undefined) => dataOf(html, "image/gif").readUInt16LE(6);
  assert.equal(width(two?.data["text/html"]), 2 * width(one?.data["text/html"]));
  assert.equal(skin?.data["text/plain"], "skin");
  assert.equal(Buffer.from(skin?.data["image/png"] ?? "", "base64").subarray(1, 4).toString(), "PNG");
});

/** A PNG's width and height. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

/** A video's width and height: 16.16 numbers at the end of its track's header. */
function videoSize(mp4: Buffer) {
  const at = mp4.indexOf("tkhd") - 4;
  const end = at + mp4.readUInt32BE(at);
  return [mp4.readUInt16BE(end - 8), mp4.readUInt16BE(end - 4)];
}

Deno.test("showVideo() gives a video that plays by itself, with a still of its size for what plays none", async () => {
  const [one, two] = await shown(async () => {
    await showVideo(motion, { size: 80, caption: 'a "video"' });
    await showVideo([motion, motion], { size: 64, labels: ["a", "b"] });
  });
  const html = one?.data["text/html"];
  assert.match(html ?? "", /^<video loop autoplay muted .*title="a &quot;video&quot;".*<img alt=/);
  assert.equal(dataOf(html, "video/mp4").subarray(4, 8).toString(), "ftyp");
  assert.equal(dataOf(html, "image/png").subarray(1, 4).toString(), "PNG");
  assert.equal(two?.data["text/plain"], "a motion");
  for (const html of [one, two].map((output) => output?.data["text/html"])) {
    assert.deepEqual(sizeOf(dataOf(html, "image/png")), videoSize(dataOf(html, "video/mp4")));
  }
});

Deno.test("showPlayer() gives the page in a frame that may run scripts only, over a still for where frames go", async () => {
  const [output] = await shown(() => showPlayer([motion, motion], { size: 64, caption: "танец" }));
  const html = output?.data["text/html"] ?? "";
  assert.match(html, /<iframe title="танец" sandbox="allow-scripts" srcdoc="&lt;!DOCTYPE html&gt;/);
  assert.equal(html.match(/srcdoc="[^"]*"/)?.[0].includes("<"), false);
  const [width = 0] = sizeOf(dataOf(html.replace(/<iframe.*<\/iframe>/s, ""), "image/png"));
  assert.ok(width >= 2 * 64);
});
