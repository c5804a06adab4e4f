import assert from "node:assert/strict";
import { isAbsolute } from "node:path";
import { atRoot } from "./at_root.ts";

Deno.test("atRoot() names a file of the checkout whatever the working folder is", async () => {
  assert.ok(isAbsolute(atRoot("deno.json")));
  assert.equal(await Deno.readTextFile(atRoot("deno.json")), await Deno.readTextFile("deno.json"));
});
