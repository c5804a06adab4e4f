import assert from "node:assert/strict";
import { basename } from "node:path";
import { sourceFiles } from "./source_files.ts";

/** A file that takes longer to read than this says two things: make two of it. */
const MAX_LINES = 400;

/** The start of a folder that only one machine has. */
const MACHINE_PATH = /(?<![\w.])\/(?:home|root|work|Users)\//;

const TEXT = [".ts", ".py", ".sh", ".json", ".md", ".txt", "Makefile", "run"];

Deno.test(`no file of lib is longer than ${MAX_LINES} lines`, async () => {
  const long: string[] = [];
  for (const path of await sourceFiles("lib", [".ts", ".py", ".sh"])) {
    const lines = (await Deno.readTextFile(path)).split("\n").length - 1;
    if (lines > MAX_LINES) long.push(`${path}: ${lines} lines`);
  }
  assert.deepEqual(long, []);
});

Deno.test("no file names a folder of one machine", async () => {
  const faults: string[] = [];
  for (const path of await sourceFiles(".", TEXT)) {
    if (path.startsWith("outputs") && !path.includes("showcase")) continue;
    const at = (await Deno.readTextFile(path)).split("\n").findIndex((line) => MACHINE_PATH.test(line));
    if (at >= 0) faults.push(`${path}:${at + 1}`);
  }
  assert.deepEqual(faults, []);
});

Deno.test("every dependency has an exact version", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile("deno.json")) as { imports: Record<string, string> };
  const loose = Object.values(imports).filter((target) =>
    target.startsWith("npm:") && !/@\d+\.\d+\.\d+(?:-[\w.]+)?\/?$/.test(target)
  );
  assert.deepEqual(loose, []);
  const files = (await sourceFiles("lib", [".txt"])).filter((path) => basename(path).startsWith("requirements"));
  const requirements = (await Promise.all(files.map((path) => Deno.readTextFile(path)))).join("\n").split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  assert.deepEqual(requirements.filter((line) => !/^[\w-]+==\d+(?:\.\d+)+$/.test(line)), []);
});

Deno.test("no task or recipe runs with all permissions", async () => {
  for (const path of ["deno.json", "Makefile", ".ci/run"]) {
    const text = await Deno.readTextFile(path);
    assert.doesNotMatch(text, /deno (?:run|test|task)[^\n]*\s(?:-A|--allow-all)\b/, basename(path));
  }
});
