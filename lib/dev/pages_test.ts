import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { writePages } from "./pages.ts";

/** A page's links to files and to places in itself. */
const linksIn = (html: string) =>
  [...html.matchAll(/<a\b[^>]*\shref="([^"]+)"/g)].map(([, href = ""]) => href)
    .filter((href) => !/^[a-z]+:/.test(href));

/** Where a link may lead inside a page; browsers look for an address as it stands and decoded. */
const places = (html: string) =>
  new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => decodeURIComponent(id.replace("&#39;", "'"))));

Deno.test("the pages to hand out: both languages, every link leads to a page, no solution unless asked", async () => {
  await Deno.mkdir(".cache", { recursive: true });
  const folder = await Deno.makeTempDir({ dir: ".cache", prefix: "handed-out-" });
  try {
    const pages = await writePages(folder);
    const texts = new Map(await Promise.all(pages.map(async (page) => [page, await Deno.readTextFile(page)] as const)));
    const dead: string[] = [];
    for (const [page, html] of texts) {
      for (const link of linksIn(html)) {
        const [file = "", place] = link.split("#");
        const target = file === "" ? html : texts.get(join(dirname(page), file));
        if (target === undefined || (place && !places(target).has(decodeURIComponent(place)))) {
          dead.push(`${page}: ${link}`);
        }
      }
    }
    assert.deepEqual(dead, []);
    const index = linksIn(texts.get(join(folder, "index.html")) ?? "");
    assert.deepEqual(index.toSorted(), pages.slice(1).map((page) => relative(folder, page)).toSorted());
    assert.ok(index.includes("notebooks/ru/exercises/01_inference.html"));
    assert.deepEqual(pages.filter((page) => page.includes("solutions")), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
