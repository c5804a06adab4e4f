import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { composeDance } from "../agent/mod.ts";
import { drawPose } from "../draw/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { encodePng } from "../media/mod.ts";
import { REST } from "../skeleton/mod.ts";
import { progress } from "./display.ts";
import { show, table } from "./show.ts";
import { shown } from "./testing.ts";

const isPng = (data: string | undefined) => Buffer.from(data ?? "", "base64").subarray(1, 4).toString() === "PNG";

Deno.test("show() gives a pose, and several, as a PNG with words for what shows none", async () => {
  const [one, many] = await shown(async () => {
    await show({ joints: REST }, { size: 100, caption: "стойка" });
    await show([{ joints: REST, id: "rest" }, { pose: { joints: REST }, caption: "again" }], { size: 80 });
  });
  assert.ok(isPng(one?.data["image/png"]) && isPng(many?.data["image/png"]));
  assert.equal(one?.data["text/plain"], "стойка");
  assert.equal(many?.data["text/plain"], "rest, again");
});

Deno.test("show() gives a dance as a GIF inside HTML, its request escaped", async () => {
  const library = await loadLibrary();
  const dance = await composeDance({ library, request: "macarena", method: "retrieve", frames: 2 });
  const [output] = await shown(() => show({ ...dance, request: '<b>"&' }, { size: 100 }));
  const html = output?.data["text/html"] ?? "";
  assert.match(html, /^<img alt="&lt;b&gt;&quot;&amp;" src="data:image\/gif;base64,/);
  const gif = Buffer.from(html.split("base64,")[1]?.replace('">', "") ?? "", "base64");
  assert.equal(gif.subarray(0, 6).toString(), "GIF89a");
});

Deno.test("show() gives the bytes of a PNG as a picture", async () => {
  const png = encodePng(await drawPose({ joints: REST }, { width: 40 }));
  const [output] = await shown(() => show(png));
  assert.equal(output?.data["image/png"], Buffer.from(png).toString("base64"));
});

Deno.test("table() has the first row's keys as columns, and says so when there is no row", async () => {
  const [output] = await shown(() =>
    table([{ word: "<рука>", idf: 1.23456, n: 3 }, { word: "нога", idf: null, n: 0 }])
  );
  assert.match(
    output?.data["text/html"] ?? "",
    /<th[^>]*>word<\/th>.*&lt;рука&gt;<\/td><td[^>]*>1\.235<\/td><td[^>]*>3</,
  );
  assert.equal(output?.data["text/plain"], "word | idf | n\n<рука> | 1.235 | 3\nнога |  | 0");
  await assert.rejects(table([]), /no row/);
});

Deno.test("progress() changes one output in place", async () => {
  const outputs = await shown(async () => {
    const live = await progress("0 %");
    await live.update("100 %");
  });
  assert.deepEqual(outputs.map(({ type, data }) => [type, data["text/plain"]]), [
    ["display_data", "0 %"],
    ["update_display_data", "100 %"],
  ]);
  assert.ok(outputs[0]?.id);
  assert.equal(outputs[0]?.id, outputs[1]?.id);
});

Deno.test("show() and table() answer a missing await and a missing cell with what to do", async () => {
  const missing = undefined as unknown as Uint8Array;
  const promised = Promise.resolve(new Uint8Array()) as unknown as Uint8Array;
  await assert.rejects(show(promised), /^TypeError: Cannot show a promise: write await/);
  await assert.rejects(show(missing), /^TypeError: Cannot show undefined: run the cells above first/);
  await assert.rejects(show([missing] as never), /Cannot show in a list undefined/);
  await assert.rejects(table(promised as never), /Cannot make a table of a promise: write await/);
});
