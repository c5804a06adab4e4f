import assert from "node:assert/strict";
import { FONT, openBackend } from "./canvas.ts";

for (const [choice, name] of [["skia", "skia-canvas"], ["napi", "@napi-rs/canvas"]] as const) {
  Deno.test(`openBackend("${choice}") gives ${name}, the same one every time`, async () => {
    const backend = await openBackend(choice);
    assert.equal(backend.name, name);
    assert.equal(await openBackend(choice), backend);
  });

  Deno.test(`${name} gives colours that are not premultiplied`, async () => {
    const { pen, picture } = (await openBackend(choice)).createSurface(2, 1);
    pen.fillStyle = "rgba(200, 100, 50, 0.5)";
    pen.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = picture().pixels;
    for (const [value, wanted] of [[r, 200], [g, 100], [b, 50], [a, 128]] as const) {
      assert.ok(Math.abs(value - wanted) <= 2, `${value} is not ${wanted}`);
    }
    assert.equal(picture().pixels[7], 0);
  });

  Deno.test(`${name} draws Cyrillic with the carried font`, async () => {
    const { pen, picture } = (await openBackend(choice)).createSurface(20, 20);
    pen.font = `16px "${FONT}"`;
    assert.notEqual(pen.measureText("Ж").width, pen.measureText("i").width);
    pen.fillText("Ж", 2, 16);
    assert.ok(picture().pixels.some((value) => value > 0));
  });

  Deno.test(`${name} refuses sizes that are not pixels`, async () => {
    const backend = await openBackend(choice);
    for (const side of [0, -1, 1.5, NaN, 9000]) {
      assert.throws(() => backend.createSurface(side, 10), { name: "RangeError", message: new RegExp(`${side} × 10`) });
    }
  });

  Deno.test(`${name} writes a PNG of what was drawn`, async () => {
    const png = (await openBackend(choice)).createSurface(3, 2).png();
    assert.deepEqual([...png.subarray(1, 4)], [0x50, 0x4e, 0x47]);
  });
}

Deno.test("openBackend() refuses a choice that is no backend", async () => {
  await assert.rejects(openBackend("cairo"), { name: "RangeError", message: /"cairo".*"skia", "napi"/ });
});
