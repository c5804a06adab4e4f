import assert from "node:assert/strict";
import { join } from "node:path";
import { connect } from "./connect.ts";
import { environmentOf } from "./environment.ts";
import { modelInstead } from "./model_instead.ts";
import { withServer } from "./testing.ts";
import { rememberedModel, rememberModel, wantedModel } from "./wanted_model.ts";

async function withFile(test: (file: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(join(folder, "new", "model.json"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("rememberModel() keeps a model until it is told to forget", async () => {
  await withFile(async (file) => {
    assert.equal(await rememberedModel(file), undefined);
    await rememberModel("phi", file);
    await rememberModel("qwen2.5:0.5b", file);
    assert.equal(await rememberedModel(file), "qwen2.5:0.5b");
    await rememberModel(undefined, file);
    await rememberModel(undefined, file);
    assert.equal(await rememberedModel(file), undefined);
    await rememberModel("x", file);
    await Deno.writeTextFile(file, "{");
    await assert.rejects(rememberedModel(file), { name: "LlmError", message: /damaged\. Delete it/ });
  });
});

Deno.test("wantedModel() takes LLM_MODEL before what was remembered, and in a foreign environment nothing else", async () => {
  await withFile(async (choiceFile) => {
    await rememberModel("remembered", choiceFile);
    const environment = environmentOf({ LLM_MODEL: " set " });
    assert.deepEqual(await wantedModel({ environment, choiceFile }), { name: "set", from: "LLM_MODEL" });
    const empty = environmentOf({});
    assert.equal((await wantedModel({ environment: empty, choiceFile }))?.name, "remembered");
    assert.equal(await wantedModel({ environment: empty }), undefined);
  });
});

Deno.test("connect() and modelInstead() take the remembered model, but never send it to OPENAI_BASE_URL", async () => {
  const models = ["qwen2.5:1.5b", "phi:latest"].map((name) => ({ name }));
  await withFile(async (choiceFile) => {
    await rememberModel("phi", choiceFile);
    await withServer(
      (_, path) => Response.json(path === "/api/tags" ? { models } : { data: [{ id: "only" }] }),
      async (origin) => {
        const environment = environmentOf({ OLLAMA_HOST: origin });
        assert.equal((await connect({ environment, choiceFile })).model, "phi");
        assert.match(await modelInstead({ environment, choiceFile }) ?? "", /^phi is on Ollama/);
        const explicit = environmentOf({ OPENAI_BASE_URL: `${origin}/v1` });
        assert.equal((await connect({ environment: explicit, choiceFile })).model, "only");
      },
    );
    await rememberModel("gone/away.gguf", choiceFile);
    await assert.rejects(connect({ environment: environmentOf({}), choiceFile }), {
      message: /`pose models use` names no file: "gone\/away\.gguf"/,
    });
  });
});
