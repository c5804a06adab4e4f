import assert from "node:assert/strict";
import { join } from "node:path";
import { checkCells } from "./check_cells.ts";
import { installKernelspec, PYTHON } from "./kernelspec.ts";
import { readNotebook } from "./notebook_file.ts";
import { testNotebook, writeOutputs } from "./notebooks.ts";

/** Without `make`, there may be no kernel yet; `make test` always has one. */
const noKernel = !(await Deno.stat(PYTHON).then(() => true, () => false));

/** Writes a notebook of these code cells, hands its path over and removes it. */
async function withNotebook(sources: string[], use: (path: string) => Promise<void>): Promise<void> {
  await Deno.mkdir(".cache", { recursive: true });
  const folder = await Deno.makeTempDir({ dir: ".cache", prefix: "notebook-" });
  try {
    const path = join(folder, `tiny_${crypto.randomUUID().slice(0, 8)}.ipynb`);
    const cells = sources.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: "code",
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    }));
    await Deno.writeTextFile(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const quiet = () => {};

Deno.test("checkCells() passes cells that share and redeclare names, await and display", async () => {
  await withNotebook([
    'import { join } from "node:path";\nconst a: number = await Promise.resolve(1);',
    'const a: string = join("x", "y");\nawait Deno.jupyter.display(a);',
    "a.toUpperCase()",
  ], async (path) => assert.equal(await checkCells(path), ""));
});

Deno.test("checkCells() reports a type error with notebook, cell and line", async () => {
  await withNotebook(["const a = 1;", "// a comment\nconst b: string = a;"], async (path) => {
    const errors = await checkCells(path);
    assert.match(errors, /TS2322/);
    assert.ok(errors.includes(`${path}:cell 2:2:7`), errors);
  });
});

Deno.test("checkCells() reports what can't be parsed, too, with cell and line", async () => {
  await withNotebook(["const a = 1;", "const = ;"], async (path) => {
    assert.ok((await checkCells(path)).includes(`${path}:cell 2:1:`));
  });
});

Deno.test({
  name: "writeOutputs() executes a notebook and makes it fit to commit; testNotebook() then passes it",
  ignore: noKernel,
  fn: async () => {
    await installKernelspec();
    await withNotebook(
      ["const a = [1, 2];", "const a = await Promise.resolve(3);\nconsole.log(a);", "a * 2"],
      async (path) => {
        const before = await Deno.readTextFile(path);
        assert.match((await testNotebook(path, quiet)).join(), /no cell has an output/);
        assert.equal(await Deno.readTextFile(path), before, "testing writes nothing");

        assert.deepEqual(await writeOutputs(path, quiet), []);
        const outputs = (await readNotebook(path)).cells.map((cell) => JSON.stringify(cell.outputs));
        assert.match(outputs[1] ?? "", /3/);
        assert.match(outputs[2] ?? "", /6/);
        assert.deepEqual(await testNotebook(path, quiet), []);
      },
    );
  },
});

Deno.test({
  name: "testNotebook() fails a cell that throws, and says which; writeOutputs() leaves such a notebook as it was",
  ignore: noKernel,
  fn: async () => {
    await installKernelspec();
    await withNotebook(["1", 'throw new RangeError("too far");', "3"], async (path) => {
      assert.match((await testNotebook(path, quiet)).join("\n"), /cell 2 failed: RangeError: too far/);
      const before = await Deno.readTextFile(path);
      assert.match((await writeOutputs(path, quiet)).join("\n"), /cell 2 failed/);
      assert.equal(await Deno.readTextFile(path), before);
    });
  },
});

Deno.test({
  name: "testNotebook() ends a cell that takes too long",
  ignore: noKernel,
  fn: async () => {
    await installKernelspec();
    await withNotebook(["await new Promise((resolve) => setTimeout(resolve, 60_000));"], async (path) => {
      assert.match((await testNotebook(path, quiet, 2)).join("\n"), /cell 1 failed: it took longer than 2 s/);
    });
  },
});
