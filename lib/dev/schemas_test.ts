import assert from "node:assert/strict";
import { schemaFiles } from "./schemas.ts";

Deno.test("the JSON Schemas in poses/ are those of the code; `deno task schemas` writes them", async () => {
  for (const [name, content] of Object.entries(schemaFiles())) {
    const kept = await Deno.readTextFile(new URL(`../../poses/${name}`, import.meta.url));
    assert.deepEqual(JSON.parse(kept), JSON.parse(content), name);
  }
});
