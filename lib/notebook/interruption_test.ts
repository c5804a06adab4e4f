import assert from "node:assert/strict";

/** A program that waits for an interruption, in what it takes for a kernel. */
const NOTEBOOK = `
import { interruption } from "${new URL("interruption.ts", import.meta.url)}";
Reflect.set(Deno, "jupyter", {});
const first = interruption();
const told = new Promise((resolve) => first.addEventListener("abort", resolve));
console.log("waits");
await told;
console.log(first.reason.message, interruption().aborted);
Deno.exit();
`;

Deno.test({
  name: "interruption() aborts when the stop button's signal comes, and the next one is fresh",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--ext=ts", NOTEBOOK],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    let said = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      said += text;
      if (text.startsWith("waits")) child.kill("SIGINT");
    }
    assert.equal((await child.status).code, 0);
    assert.equal(said, "waits\nInterrupted: the variables are kept false\n");
  },
});
