import assert from "node:assert/strict";
import { MAX_NOTEBOOK_BYTES, notebookFaults } from "./notebook_faults.ts";
import { type CellOutput, KERNEL_LANGUAGE, type Notebook, stripNotebook } from "./notebook_file.ts";

function notebook(source: string, outputs: CellOutput[]): Notebook {
  const cell = { cell_type: "code" as const, source, metadata: {}, outputs, execution_count: null };
  return { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

const shown = (text: string): CellOutput[] => [{ output_type: "stream", name: "stdout", text }];

const faultsOf = (checked: Notebook, host?: string) => notebookFaults(checked, JSON.stringify(checked), host);

Deno.test("notebookFaults() finds nothing in a notebook with outputs and no noise", () => {
  assert.deepEqual(faultsOf(notebook("1 + 1", shown("2 of outputs/macarena.gif"))), []);
});

Deno.test("notebookFaults() finds missing outputs, empty cells and errors", () => {
  assert.match(faultsOf(notebook("1 + 1", [])).join(), /no cell has an output/);
  assert.match(faultsOf(notebook("  \n", shown("2"))).join(), /code cell 1 is empty/);
  assert.match(faultsOf(notebook("x", [{ output_type: "error", ename: "ReferenceError" }])).join(), /shows an error/);
});

Deno.test("notebookFaults() finds execution counts in cells and in outputs", () => {
  const counted = notebook("1", shown("1"));
  for (const cell of counted.cells) cell.execution_count = 3;
  assert.match(faultsOf(counted).join(), /execution count/);
  const result = notebook("1", [{ output_type: "execute_result", execution_count: 1, data: {} }]);
  assert.match(faultsOf(result).join(), /execution count/);
});

Deno.test("notebookFaults() finds folders and the name of one machine, but not in pictures", () => {
  const home = ["", "home", "ann", "dance"].join("/");
  assert.match(faultsOf(notebook("1", shown(`saved in ${home}/a.gif`))).join(), /names a folder of one machine/);
  assert.match(faultsOf(notebook("1", shown("on buildhost7")), "buildhost7").join(), /names the machine/);
  const picture = "A".repeat(300) + home + "B".repeat(300);
  assert.deepEqual(faultsOf(notebook("1", shown(picture))), []);
});

Deno.test("notebookFaults() finds a notebook that is too heavy to read on the web", () => {
  assert.match(faultsOf(notebook("1", shown("A".repeat(MAX_NOTEBOOK_BYTES)))).join(), /it weighs \d+ bytes/);
});

Deno.test("stripNotebook() takes out counts, timings and versions, and keeps outputs and tags", () => {
  const noisy = notebook("1", [{ output_type: "execute_result", execution_count: 4, data: { "text/plain": "1" } }]);
  for (const cell of noisy.cells) {
    cell.execution_count = 4;
    cell.metadata = { execution: { "iopub.execute_input": "2026" }, tags: ["slow"] };
  }
  noisy.metadata = { language_info: { name: "typescript", version: "5.9.9" }, kernelspec: { name: "deno" } };
  const stripped = stripNotebook(noisy);
  assert.deepEqual(faultsOf(stripped), []);
  assert.deepEqual(stripped.cells[0]?.metadata, { tags: ["slow"] });
  assert.deepEqual(stripped.cells[0]?.outputs?.[0]?.["data"], { "text/plain": "1" });
  assert.deepEqual(stripped.metadata["language_info"], KERNEL_LANGUAGE);
  assert.equal(noisy.cells[0]?.execution_count, 4, "the argument is left alone");
});
