import assert from "node:assert/strict";
import { environmentOf } from "./environment.ts";
import { modelInstead } from "./model_instead.ts";
import { deadOrigin, withServer } from "./testing.ts";

const ollama = (...models: string[]) => () => Response.json({ models: models.map((name) => ({ name })) });

Deno.test("modelInstead() names the model that a running Ollama has", async () => {
  await withServer(ollama("qwen2.5:1.5b", "phi:latest"), async (origin) => {
    const instead = (more: Record<string, string>) =>
      modelInstead({ environment: environmentOf({ OLLAMA_HOST: origin, ...more }) });
    assert.equal(await instead({}), `qwen2.5:1.5b is on Ollama (${origin})`);
    assert.equal(await instead({ LLM_MODEL: "phi" }), `phi is on Ollama (${origin})`);
    assert.equal(await instead({ LLM_MODEL: "gemma" }), undefined);
  });
});

Deno.test("modelInstead() finds nothing where no Ollama runs, or one without the model", async () => {
  assert.equal(await modelInstead({ environment: environmentOf({ OLLAMA_HOST: deadOrigin() }) }), undefined);
  for (const answer of [ollama("phi:latest"), ollama(), () => new Response("<html>")]) {
    await withServer(answer, async (origin) => {
      assert.equal(await modelInstead({ environment: environmentOf({ OLLAMA_HOST: origin }) }), undefined);
    });
  }
});

Deno.test("modelInstead() takes the settings at their word and asks nobody", async () => {
  await withServer(ollama("qwen2.5:1.5b"), async (origin, seen) => {
    const instead = (variable: string, value: string) =>
      modelInstead({ environment: environmentOf({ OLLAMA_HOST: origin, [variable]: value }) });
    assert.match(await instead("OPENAI_BASE_URL", "http://127.0.0.1:9/v1") ?? "", /OPENAI_BASE_URL names http:/);
    assert.match(await instead("LLM_MODEL", "models/Tiny.GGUF") ?? "", /LLM_MODEL names models\/Tiny\.GGUF/);
    assert.deepEqual(seen, []);
  });
});
