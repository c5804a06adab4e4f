import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { REST } from "../skeleton/mod.ts";
import { showOutside } from "./show_outside.ts";
import { shown } from "./testing.ts";

const { right_foot: _, ...footless } = REST;

Deno.test("showOutside() shows a body, a figure that is none and one that did not come, each with its verdict", async () => {
  const [output] = await shown(() =>
    showOutside([
      { pose: { joints: REST }, caption: "at rest" },
      { pose: { joints: footless }, caption: "a foot lost" },
      { pose: undefined, caption: "the third" },
      { pose: { joints: {} }, caption: "the fourth" },
    ], { size: 80 })
  );
  const text = "at rest: valid, a foot lost: 1 fault, the third: no figure, the fourth: no figure";
  assert.equal(output?.data["text/plain"], text);
  assert.equal(Buffer.from(output?.data["image/png"] ?? "", "base64").subarray(1, 4).toString(), "PNG");
  await assert.rejects(showOutside([]), /at least one pose/);
});
