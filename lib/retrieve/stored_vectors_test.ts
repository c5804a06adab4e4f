import assert from "node:assert/strict";
import { join } from "node:path";
import type { EmbedOptions } from "./mod.ts";
import { embedStored, type StoredVectorsEvent } from "./mod.ts";

/** An embedder that counts what it embeds: a text's vector is its length and its first letter. */
function fakeEmbedder(model = "fake 1", dimensions = 2) {
  const embedded: string[] = [];
  return {
    model,
    dimensions,
    embedded,
    embed(texts: readonly string[], { onDone }: EmbedOptions) {
      embedded.push(...texts);
      onDone?.(texts.length);
      const vector = (text: string) => Float32Array.of(text.length, text.codePointAt(0) ?? 0, 1, 1);
      return Promise.resolve(texts.map((text) => vector(text).slice(0, dimensions)));
    },
  };
}

/** A file to store vectors in, in a folder that does not exist yet, and a way to embed with it. */
async function withFile(
  test: (
    at: {
      file: string;
      run(texts: readonly string[], embedder?: ReturnType<typeof fakeEmbedder>): Promise<{
        vectors: number[][];
        embedded: string[];
        events: StoredVectorsEvent[];
      }>;
    },
  ) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const file = join(folder, "new", "descriptions.vectors");
  try {
    await test({
      file,
      async run(texts, embedder = fakeEmbedder()) {
        const events: StoredVectorsEvent[] = [];
        const vectors = await embedStored(texts, embedder, { file, onEvent: (event) => events.push(event) });
        return { vectors: vectors.map((vector) => [...vector]), embedded: embedder.embedded, events };
      },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const VECTORS = [[2, 97], [1, 98], [2, 97]];
const TEXTS = ["aa", "b", "aa"];

Deno.test("embedStored() embeds every text once, in this run and all others", async () => {
  await withFile(async ({ run }) => {
    const first = await run(TEXTS);
    assert.deepEqual(first.vectors, VECTORS);
    assert.deepEqual(first.embedded, ["aa", "b"]);
    assert.deepEqual(first.events, [{ type: "embed", done: 0, total: 2 }, { type: "embed", done: 2, total: 2 }]);
    const second = await run(TEXTS);
    assert.deepEqual(second, { vectors: VECTORS, embedded: [], events: [] });
    assert.deepEqual(await run([]), { vectors: [], embedded: [], events: [] });
  });
});

Deno.test("embedStored() embeds only what is new, and keeps what others stored", async () => {
  await withFile(async ({ run }) => {
    await run(TEXTS);
    assert.deepEqual((await run(["b", "ccc"])).embedded, ["ccc"]);
    assert.deepEqual((await run(["aa", "ccc", "b"])).embedded, []);
  });
});

const BROKEN: [string, "version" | "damaged", (bytes: Uint8Array) => Uint8Array][] = [
  ["of another version", "version", (bytes) => bytes.with(8, 99)],
  ["cut short", "damaged", (bytes) => bytes.subarray(0, -5)],
  ["cut before its vectors", "damaged", (bytes) => bytes.subarray(0, 30)],
  ["cut in its head", "damaged", (bytes) => bytes.subarray(0, 7)],
  ["empty", "damaged", () => new Uint8Array()],
  ["with a wrong bit", "damaged", (bytes) => bytes.with(-3, (bytes.at(-3) ?? 0) ^ 1)],
  ["of something else", "damaged", () => new TextEncoder().encode("a text, and no short one either")],
];

for (const [what, reason, spoil] of BROKEN) {
  Deno.test(`embedStored() makes a file ${what} again, and says so`, async () => {
    await withFile(async ({ file, run }) => {
      await run(TEXTS);
      await Deno.writeFile(file, spoil(await Deno.readFile(file)));
      const again = await run(TEXTS);
      assert.deepEqual(again.vectors, VECTORS);
      assert.deepEqual(again.events[0], { type: "rebuild", reason });
      assert.deepEqual(again.embedded, ["aa", "b"]);
      assert.deepEqual((await run(TEXTS)).events, []);
    });
  });
}

Deno.test("embedStored() takes no vectors of another model", async () => {
  await withFile(async ({ run }) => {
    await run(TEXTS);
    for (const other of [fakeEmbedder("fake 2"), fakeEmbedder("fake 2", 3)]) {
      const { events, embedded } = await run(TEXTS, other);
      assert.deepEqual(events[0], { type: "rebuild", reason: "model" });
      assert.deepEqual(embedded, ["aa", "b"]);
    }
  });
});

Deno.test("embedStored() gives vectors where they can't be stored, and says so", async () => {
  await withFile(async ({ file, run }) => {
    await Deno.writeTextFile(join(file, "..", "..", "new"), "a file where the folder should be");
    const { vectors, events } = await run(TEXTS);
    assert.deepEqual(vectors, VECTORS);
    assert.equal(events.at(-1)?.type, "unsaved");
  });
});
