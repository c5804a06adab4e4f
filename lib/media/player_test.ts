import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mirrored } from "./mirrored.ts";
import { encode, save } from "./save.ts";
import { macarena } from "./testdata/motions.ts";

const CHROMIUM = "/usr/bin/chromium";
const isThere = (path: string) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
};

Deno.test("the player of the Macarena is one page of at most 300 kB that asks no network", async () => {
  const html = new TextDecoder().decode(await encode(await macarena(), "html", { title: 'A "<b>dance</b>"' }));
  assert.ok(html.length <= 300_000, `${html.length} bytes`);
  assert.ok(html.includes("<title>A &quot;&lt;b&gt;dance&lt;/b&gt;&quot;</title>"));
  assert.doesNotMatch(html.replace(/data:[^"]*/g, ""), /https?:|src=|%[A-Z]/);
});

Deno.test({
  name: "the player plays two figures, scrubs, turns, names joints and speaks Russian, in a real browser",
  ignore: !isThere(CHROMIUM),
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "player " });
    try {
      const file = join(folder, "dance.html");
      const pupil = await macarena();
      await save([mirrored(pupil), pupil], file, { language: "en", labels: ["teacher", "pupil"] });
      const driver = fileURLToPath(new URL("testdata/drive_player.ts", import.meta.url));
      const command = new Deno.Command(Deno.execPath(), { args: ["run", "--allow-all", driver, file, CHROMIUM] });
      const { stdout, stderr } = await command.output();
      const text = new TextDecoder().decode(stdout);
      assert.notEqual(text, "", new TextDecoder().decode(stderr));
      const { faults, step, caption, turned, tips, side } = JSON.parse(text);
      assert.deepEqual(faults, []);
      assert.ok(Math.abs(step - 0.04) < 0.005, "a step is a frame");
      assert.match(caption, /right hand behind the head/);
      assert.ok(turned);
      for (const tip of ["head", "pelvis"]) assert.ok(tips[0].includes(tip) && tips[1].includes(tip), tips.join(", "));
      assert.equal(side, "Сбоку");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
