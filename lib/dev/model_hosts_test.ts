import assert from "node:assert/strict";
import { modelHosts } from "./model_hosts.ts";

const hosts = (env: Record<string, string>) => modelHosts((name) => env[name]);

Deno.test("modelHosts() allows this machine only where the environment names no server", () => {
  assert.deepEqual(hosts({}), ["127.0.0.1", "localhost"]);
  assert.deepEqual(hosts({ OPENAI_BASE_URL: "", OLLAMA_HOST: " " }), ["127.0.0.1", "localhost"]);
});

Deno.test("modelHosts() adds the servers that the environment names, without ports and each once", () => {
  assert.deepEqual(
    hosts({ OPENAI_BASE_URL: "https://llm.example.com:8000/v1", OLLAMA_HOST: "10.0.0.7:11434" }),
    ["127.0.0.1", "localhost", "llm.example.com", "10.0.0.7"],
  );
  assert.deepEqual(hosts({ OLLAMA_HOST: "127.0.0.1" }), ["127.0.0.1", "localhost"]);
});

Deno.test("modelHosts() adds the address to listen at", () => {
  assert.deepEqual(hosts({ HOST: "0.0.0.0" }), ["127.0.0.1", "localhost", "0.0.0.0"]);
  assert.deepEqual(hosts({ HOST: "::" }), ["127.0.0.1", "localhost", "[::]"]);
  assert.deepEqual(hosts({ HOST: "a,b" }), ["127.0.0.1", "localhost"]);
});

Deno.test("modelHosts() passes over what is no address", () => {
  assert.deepEqual(hosts({ OPENAI_BASE_URL: "http://" }), ["127.0.0.1", "localhost"]);
});
