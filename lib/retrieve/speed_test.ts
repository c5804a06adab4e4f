import assert from "node:assert/strict";
import { createRetriever, createVectorIndex } from "./mod.ts";
import movements from "./testdata/movements.json" with { type: "json" };

const { descriptions, queries } = movements;

/** Documents with different, natural descriptions: every two movements joined are one. */
function documents(count: number, each: number) {
  return Array.from({ length: count }, (_, i) => ({
    id: `pose_${i}`,
    descriptions: Array.from({ length: each }, (_, j) => {
      const at = i * each + j;
      const rest = descriptions[(at * 7 + Math.floor(at / descriptions.length)) % descriptions.length] ?? "";
      return `${descriptions[at % descriptions.length]}, ${rest.split(" ").slice(0, 3).join(" ")}`;
    }),
  }));
}

/** The least of several runs, in milliseconds: what the work takes when nothing else runs. */
async function fastest(runs: number, work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

for (const name of ["tfidf", "char"]) {
  Deno.test(`${name} indexes 1000 descriptions in under 100 ms`, async () => {
    const poses = documents(125, 8);
    assert.ok(await fastest(6, () => createRetriever(name, poses)) < 100);
  });

  Deno.test(`${name} answers a query over 250 poses of 8 descriptions in under 1 ms`, async () => {
    const retriever = await createRetriever(name, documents(250, 8));
    const all = () => Promise.all(queries.map((query) => retriever.search(query, 5)));
    assert.ok(await fastest(6, all) / queries.length < 1);
  });
}

Deno.test("a query over 100,000 vectors of 384 dimensions takes 40 ms at most, and they 4 bytes a number", async () => {
  const dimensions = 384;
  const before = Deno.memoryUsage().external;
  const index = createVectorIndex(dimensions);
  const vector = new Float32Array(dimensions);
  for (let i = 0; i < 100_000; i++) {
    vector[i % dimensions] = Math.sin(i);
    index.add(vector);
  }
  const bytes = Deno.memoryUsage().external - before;
  assert.ok(bytes < 1.1 * 4 * dimensions * index.size, `${bytes} bytes`);
  let least = Infinity;
  for (let i = 0; i < 100 && least > 40; i++) {
    least = Math.min(least, await fastest(1, () => Promise.resolve(index.search(vector, 10))));
  }
  assert.ok(least <= 40, `${least} ms`);
});
