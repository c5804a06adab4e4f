import assert from "node:assert/strict";
import { z } from "zod";
import { type Ask, withApi } from "./testing.ts";

interface Media {
  readonly schema: Record<string, unknown>;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
interface Operation {
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: { readonly example?: unknown };
  }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly description: string; readonly content: Record<string, Media> }>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { readonly example?: unknown }> };
}

const documentOf = async (ask: Ask): Promise<Document> => await (await ask("/openapi.json")).json();

/** A schema of the document, as something that checks values. */
function checker({ components }: Document, schema: object): z.ZodType {
  const local = JSON.parse(
    JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll("#/components/schemas/", "#/$defs/"),
  );
  return z.fromJSONSchema(local);
}

function assertFits(document: Document, schema: object, value: unknown, what: string) {
  const result = checker(document, schema).safeParse(value);
  assert.ok(result.success, `${what}: ${result.error}`);
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  );

Deno.test("the document is OpenAPI 3.1 and tells every route of the contract, with an example of each body", () =>
  withApi(async (ask) => {
    const document = await documentOf(ask);
    assert.equal(document.openapi, "3.1.0");
    assert.deepEqual(operationsOf(document).map(({ path, method }) => `${method} ${path}`).sort(), [
      "get /docs",
      "get /gallery",
      "get /health",
      "get /poses",
      "get /poses/{id}",
      "get /poses/{id}/picture",
      "post /analyze",
      "post /animations",
      "post /dances",
      "post /poses/search",
      "post /visualize",
    ]);
    for (const { path, operation } of operationsOf(document)) {
      assert.ok(operation.summary, path);
      for (const media of Object.values(operation.requestBody?.content ?? {})) assert.ok(media.examples, path);
    }
  }));

Deno.test("every example fits its schema", () =>
  withApi(async (ask) => {
    const document = await documentOf(ask);
    let count = 0;
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (schema.example === undefined) continue;
      assertFits(document, schema, schema.example, name);
      count++;
    }
    for (const { path, operation } of operationsOf(document)) {
      const media = [
        operation.requestBody?.content ?? {},
        ...Object.values(operation.responses).map(({ content }) => content),
      ];
      for (const { schema, examples = {} } of media.flatMap((content) => Object.values(content))) {
        for (const [name, { value }] of Object.entries(examples)) {
          assertFits(document, schema, value, `${path} ${name}`);
          count++;
        }
      }
    }
    assert.ok(count >= 18, `${count} examples`);
  }));

Deno.test("every route answers its examples, and what it refuses, as the document says", () =>
  withApi(async (ask) => {
    const document = await documentOf(ask);
    const check = async (response: Response, { responses }: Operation, what: string) => {
      const told = responses[response.status];
      assert.ok(told, `${what}: ${response.status} is not told`);
      const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
      const media = told.content[type];
      assert.ok(media, `${what}: ${response.status} ${type} is not told`);
      const isJson = type.endsWith("json");
      const body = isJson ? await response.json() : await response.text();
      if (isJson) assertFits(document, media.schema, body, what);
    };
    for (const { path, method, operation } of operationsOf(document)) {
      const address = path.replace("{id}", "arms_side");
      const bodies = Object.values(operation.requestBody?.content["application/json"]?.examples ?? {});
      if (method === "get") await check(await ask(address), operation, path);
      if (path.includes("{id}")) await check(await ask(path.replace("{id}", "none")), operation, path);
      for (const { value } of bodies) {
        // The document's second dance asks a model.
        if (path === "/dances" && !("method" in (value as object))) continue;
        for (const accept of ["*/*", "application/json"]) {
          await check(await ask(address, { json: value, headers: { accept } }), operation, `${path} as ${accept}`);
        }
      }
      if (method !== "post") continue;
      for (const json of ["{", "{}", "[]", "null", `"${"x".repeat(600_000)}"`]) {
        await check(await ask(address, { json }), operation, path);
      }
      await check(await ask(address, { json: "{}", headers: { "content-type": "text/plain" } }), operation, path);
    }
  }));
