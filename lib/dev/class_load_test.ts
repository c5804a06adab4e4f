import assert from "node:assert/strict";
import { language } from "../text/mod.ts";
import { loadLibrary } from "../library/mod.ts";
import { classRequests } from "./class_load.ts";

Deno.test("classRequests() asks for different dances in both languages, neighbours never for the same", async () => {
  const requests = classRequests(await loadLibrary(), 10);
  assert.equal(new Set(requests.map(({ request }) => request)).size, 10);
  assert.equal(new Set(requests.map(({ size }) => size)).size, 10);
  const russian = requests.filter(({ request }) => language(request) === "ru").length;
  assert.ok(russian >= 3 && russian <= 7, `${russian} of 10 in Russian`);
  assert.ok(requests.every(({ id }, i) => id !== requests[i + 1]?.id));
});
