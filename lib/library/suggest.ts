/** What the writer of a file may have meant: the nearest word or key that there is. */
import { z } from "zod";
import { nearestWord } from "../text/mod.ts";

type Issue = z.core.$ZodIssue;

/** A phrase put right word by word, as long as a pattern then takes it: the number or the half that was right stays. */
function phraseLike(value: string, pattern: RegExp): string | undefined {
  const known = pattern.source.replace(/\[[^\]]*\]/g, "").match(/[a-z]+(-[a-z]+)*/g) ?? [];
  const words = value.trim().split(/\s+/).map((word) =>
    /^-?[\d.]+$/.test(word) ? word : nearestWord(word, known) ?? word
  );
  const phrase = words.join(" ");
  return phrase !== value && pattern.test(phrase) ? phrase : undefined;
}

/**
 * The known word, or the phrase of known words, that is nearest to what was written.
 *
 * @returns undefined where the issue is not about words, or none is near.
 */
export function suggestedWord(issue: Issue, value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  switch (issue.code) {
    case "invalid_value":
      return nearestWord(value, issue.values.filter((known) => typeof known === "string"));
    case "invalid_format":
      // An issue tells its pattern as it is printed: /…/
      return issue.pattern === undefined ? undefined : phraseLike(value, new RegExp(issue.pattern.slice(1, -1)));
    case "invalid_union":
      return issue.errors.flat().map((inner) => suggestedWord(inner, value)).find((word) => word !== undefined);
    default:
      return undefined;
  }
}

/** A JSON Schema, as much of it as tells what may stand at a path. */
export interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
}

/** Schemas written out, once each. */
const WRITTEN = new WeakMap<z.ZodType, Node>();

/** What a schema takes at a path: all that may stand there. */
export function nodesAt(schema: z.ZodType, path: readonly PropertyKey[]): Node[] {
  const unions = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...unions(node.anyOf ?? [])]);
  const root = WRITTEN.get(schema) ??
    z.toJSONSchema(schema, { reused: "inline", io: "input", unrepresentable: "any" }) as Node;
  WRITTEN.set(schema, root);
  let nodes = unions([root]);
  for (const step of path) {
    nodes = unions(
      nodes.flatMap((node) => (typeof step === "number" ? node.items : node.properties?.[String(step)]) ?? []),
    );
  }
  return nodes;
}

/** The keys that a schema knows at a path. */
export const keysAt = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => [
  ...new Set(nodesAt(schema, path).flatMap((node) => Object.keys(node.properties ?? {}))),
];
