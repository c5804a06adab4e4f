import type { GbnfJsonSchema, Llama, LlamaGrammar } from "node-llama-cpp";
import { grammarSchema, type JsonSchema } from "./grammar_schema.ts";

/** Grammars by their schema. */
export interface GrammarCache {
  /**
   * The grammar of a JSON Schema.
   *
   * @throws {SyntaxError} When a part of the schema can't be enforced.
   */
  forSchema(schema: JsonSchema): Promise<LlamaGrammar>;
  /** The grammar of any JSON value. */
  json(): Promise<LlamaGrammar>;
}

/** A choice among retrieved poses has a schema of its own for each request: the oldest make room. */
const MOST_GRAMMARS = 32;

/**
 * Builds each grammar once: one built for every call would take a long run to gigabytes.
 *
 * @param llama The runtime.
 */
export function grammarCache(llama: Llama): GrammarCache {
  const kept = new Map<string, Promise<LlamaGrammar>>();
  const get = (key: string, build: () => Promise<LlamaGrammar>) => {
    const grammar = kept.get(key) ?? build();
    kept.delete(key);
    kept.set(key, grammar);
    // A grammar that could not be built must not be remembered.
    grammar.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_GRAMMARS) break;
      kept.delete(oldest);
    }
    return grammar;
  };
  return {
    // deno-lint-ignore require-await -- an error of the rewriting is to be a rejection too
    forSchema: async (schema) =>
      get(JSON.stringify(schema), () => llama.createGrammarForJsonSchema<GbnfJsonSchema>(grammarSchema(schema))),
    json: () => get("json", () => llama.getGrammarFor("json")),
  };
}
