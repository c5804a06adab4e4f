import assert from "node:assert/strict";
import { hasModel, ollamaOrigin } from "./ollama.ts";

Deno.test("ollamaOrigin() reads OLLAMA_HOST as Ollama does", () => {
  for (
    const [host, origin] of [
      [undefined, "http://127.0.0.1:11434"],
      ["10.0.0.5", "http://10.0.0.5:11434"],
      ["10.0.0.5:8080", "http://10.0.0.5:8080"],
      [":5000", "http://127.0.0.1:5000"],
      ["0.0.0.0", "http://127.0.0.1:11434"],
      ["0.0.0.0:80", "http://127.0.0.1"],
      ["https://ollama.example", "https://ollama.example"],
      ["http://ollama.example/behind/", "http://ollama.example/behind"],
      ["[::1]", "http://[::1]:11434"],
    ] as const
  ) {
    assert.equal(ollamaOrigin(host), origin, `${host}`);
  }
  assert.throws(() => ollamaOrigin("a b"), /OLLAMA_HOST is not an address: "a b"/);
});

Deno.test("hasModel() takes a name without a tag for the latest", () => {
  assert.equal(hasModel(["qwen2.5:1.5b", "phi:latest"], "phi"), true);
  assert.equal(hasModel(["qwen2.5:1.5b"], "qwen2.5"), false);
  assert.equal(hasModel(["qwen2.5:1.5b"], "qwen2.5:1.5b"), true);
});
