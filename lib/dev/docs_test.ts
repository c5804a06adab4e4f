/** What readers of `deno doc lib/mod.ts` get: every symbol explained, and every type that a signature names. */
import assert from "node:assert/strict";
import { runDeno } from "./run_deno.ts";
import { sourceFiles } from "./source_files.ts";

/** The packages that lib's modules name, as an import map that has nothing in their place. */
async function withoutPackages(): Promise<string> {
  const found = new Set<string>();
  for (const path of await sourceFiles("lib", [".ts"])) {
    const text = await Deno.readTextFile(path);
    for (const [, name = ""] of text.matchAll(/(?:\bfrom|\bimport\()\s*"([^".:]+)"/g)) found.add(name);
  }
  const imports = Object.fromEntries([...found].map((name) => [name, "data:application/typescript,"]));
  return `data:application/json,${encodeURIComponent(JSON.stringify({ imports }))}`;
}

/**
 * What `deno doc --lint` finds, a fault each. It would take the types of npm packages for ours that we hide, since both are
 * files here, so it gets none (denoland/deno#34339 mends that for packages that are no files). That a schema's type is not
 * written out is no fault: it follows from the schema, which says it once.
 */
async function docFaults(module: string): Promise<string[]> {
  const { output } = await runDeno(["doc", "--lint", "--no-config", `--import-map=${await withoutPackages()}`, module]);
  const faults = output.split(/\n+(?=error)/).filter((part) => part.startsWith("error"));
  return faults.filter((fault) =>
    !/^error: Found \d+ documentation lint errors?\./.test(fault) &&
    !(fault.startsWith("error[missing-explicit-type]") && /\bexport const \w+Schema = /.test(fault)) &&
    !/references private type '(\w+Schema|chatRequest)'/.test(fault)
  );
}

Deno.test("every symbol that lib exports is documented, and no type that it names is hidden", async () => {
  const faults = await docFaults("lib/mod.ts");
  assert.ok(faults.length === 0, faults.join("\n\n"));
});

Deno.test("a symbol without a word and a hidden type are found, a package's type is not", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(
      file,
      `import type { z } from "zod";
interface Hidden { readonly a: number }
export const silent = 1;
/** Shows a hidden type. */
export function open(hidden: Hidden, schema: z.ZodType): void {}
`,
    );
    const faults = await docFaults(file);
    assert.deepEqual(faults.map((fault) => fault.match(/^error\[[\w-]+\]/)?.[0]).toSorted(), [
      "error[missing-jsdoc]",
      "error[private-type-ref]",
    ]);
  } finally {
    await Deno.remove(file);
  }
});
