import assert from "node:assert/strict";
import { preferred } from "./accept.ts";

Deno.test("preferred() takes the form that a client wants most, the usual one where it does not mind", () => {
  const chosen = (header: string | null) => preferred(header, ["image/png", "application/json"]);
  for (const header of [null, "", "*/*", "image/*", "image/png", "text/html, */*;q=0.1", "IMAGE/PNG"]) {
    assert.equal(chosen(header), "image/png", String(header));
  }
  for (const header of ["application/json", "image/png;q=0.2, application/json", "*/*;q=0.5, application/json;q=0.6"]) {
    assert.equal(chosen(header), "application/json", header);
  }
  assert.equal(chosen("image/png;q=0, */*"), "application/json");
  for (const header of ["text/html", "image/png;q=0", "image/gif, text/*"]) {
    assert.throws(() => chosen(header), /image\/png or application\/json/, header);
  }
});
