/** Zod's issues in plain sentences: what must stand there, with an example. */
import type { z } from "zod";
import { nearestWords } from "../text/mod.ts";
import { type Node, nodesAt } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

/** Zod's own words; a schema that says better is let. */
const isZods = (message: string) => /^(Invalid|Too (small|big)|Unrecognized)/.test(message);

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six"];
const counted = (count: number | bigint) => NUMBERS[Number(count)] ?? String(count);
const quoted = (words: readonly unknown[]) => words.map((word) => JSON.stringify(word)).join(", ");

/** Of more words than this, those that are nearest to what was written come first. */
const FEW = 12;

/** No word has more letters: what does is not compared whole. */
const LONGEST = 40;

/** What may stand at a place, as it would be written. */
function sampleOf(node: Node | undefined): string {
  if (node?.examples?.[0] !== undefined) return JSON.stringify(node.examples[0]);
  if (node?.anyOf?.[0] !== undefined) return sampleOf(node.anyOf[0]);
  const [first] = node?.enum ?? (node?.const === undefined ? [] : [node.const]);
  if (first !== undefined) return JSON.stringify(first);
  switch (node?.type) {
    case "object": {
      const keys = node.required ?? Object.keys(node.properties ?? {});
      return `{${keys.map((key) => `"${key}": ${sampleOf(node.properties?.[key])}`).join(", ")}}`;
    }
    case "array":
      return `[${node.items ? `${sampleOf(node.items)}, …` : "…"}]`;
    case "number":
    case "integer":
      return String(node.minimum ?? 1);
    case "boolean":
      return "true";
    default:
      return '"…"';
  }
}

/** What a number counts, as far as its description tells. */
function rangeOf(node: Node): string {
  const what = ["degrees", "metres"].find((unit) => node.description?.includes(unit)) ??
    (node.type === "integer" ? "a whole number" : "a number");
  const { minimum = -Infinity, maximum = Infinity } = node;
  const from = Math.abs(minimum) < 1e9 ? ` from ${minimum}` : "";
  return `must be ${what}${from}${Math.abs(maximum) < 1e9 ? `${from === "" ? " up" : ""} to ${maximum}` : ""}`;
}

function mustBe(node: Node, value: unknown): string {
  const example = node.examples?.[0] === undefined ? "" : `, as in ${JSON.stringify(node.examples[0])}`;
  switch (node.type) {
    case "number":
    case "integer":
      return rangeOf(node) + example;
    case "array":
      return typeof value === "object"
        ? `must be a list: ${sampleOf(node)}`
        : `must be a list: [${JSON.stringify(value)}]`;
    case "object":
      return `must be ${sampleOf(node)}`;
    case "boolean":
      return "must be true or false";
    default:
      return `must be a text in double quotes${example}${node.description ? ` (${node.description})` : ""}`;
  }
}

/** What a thing that is missing is, and how it would be written. */
function missing(node: Node | undefined, key: PropertyKey | undefined): string {
  const what = node?.description === undefined ? "" : ` ${node.description},`;
  return `is missing:${what} as in "${String(key)}": ${sampleOf(node)}`;
}

/**
 * An issue as a sentence: `must be a list: ["down 30"]`, `is missing: …, as in "pose": "arms_up"`.
 *
 * @param value what stands there. @param schema what refused it.
 */
export function tellIssue(issue: Issue, value: unknown, schema: z.ZodType): string {
  if (!isZods(issue.message)) return issue.message;
  const key = issue.path.at(-1);
  const nodes = nodesAt(schema, issue.path);
  const expected = issue.code === "invalid_type" ? issue.expected : undefined;
  const node = nodes.find(({ type }) => type === expected) ?? nodes.find(({ type }) => type !== undefined) ?? nodes[0];
  if (value === undefined && key !== undefined && typeof key !== "number") return missing(node, key);
  switch (issue.code) {
    case "invalid_type":
      return node ? mustBe(node, value) : `must be a ${issue.expected}`;
    case "invalid_value": {
      const known = issue.values.map(String);
      if (known.length <= FEW) return `must be ${known.length > 1 ? "one of " : ""}${quoted(issue.values)}`;
      const near = typeof value === "string" ? quoted(nearestWords(value.slice(0, LONGEST), known, 3)) : "";
      return `${near === "" ? "" : `nearest are ${near}; `}there are ${known.join(", ")}`;
    }
    case "too_small":
    case "too_big": {
      const [most, bound] = issue.code === "too_small" ? ["more", issue.minimum] : ["fewer", issue.maximum];
      if (issue.origin === "array") {
        return `${counted(bound)} ${typeof key === "string" ? key : "items"} or ${most} are needed, not ${
          Array.isArray(value) ? value.length : 0
        }`;
      }
      if (issue.origin === "string") return `must have ${bound} letters or ${most}`;
      return node ? mustBe(node, value) : issue.message;
    }
    case "invalid_union": {
      const samples = new Set(nodes.map(sampleOf).filter((sample) => sample !== '"…"'));
      return samples.size > 0 ? `must be ${[...samples].join(" or ")}` : issue.message;
    }
    default:
      return issue.message;
  }
}
