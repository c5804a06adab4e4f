/** A schema's verdict in the words of the one who wrote the file. */
import type { z } from "zod";
import { suggestedKey, suggestedWord } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

/** The value at a path; undefined where the path ends early. */
function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** How far into the value a branch of a union went before it failed. */
const reached = (issues: readonly Issue[]) => Math.max(...issues.map((issue) => issue.path.length));

/** A union says only "invalid": the branch that went furthest, or that knows the most keys, says why. */
function unfold(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const kindFits = (issues: readonly Issue[]) => !issues.some((i) => i.code === "invalid_type" && i.path.length === 0);
  const unknownKeys = (issues: readonly Issue[]) =>
    issues.reduce((sum, i) => sum + (i.code === "unrecognized_keys" ? i.keys.length : 0), 0);
  const branches = issue.errors.map((branch) => branch.flatMap(unfold));
  const best =
    branches.toSorted((a, b) =>
      Number(kindFits(b)) - Number(kindFits(a)) || unknownKeys(a) - unknownKeys(b) || reached(b) - reached(a)
    )[0] ?? [];
  // A string that fits no word and no pattern: the union's own message tells both.
  if (best.every((i) => i.path.length === 0 && i.code !== "unrecognized_keys")) return [issue];
  return best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/**
 * A schema's issues as lines: the pose (by its id), the field, the value, what may have been meant, and what would be right.
 *
 * @param content what was parsed, to quote ids and values from. @param schema what refused it, for the keys that it knows.
 */
export function problemsOf(error: z.ZodError, content: unknown, schema: z.ZodType): string[] {
  return error.issues.flatMap(unfold).map((issue) => {
    const [list, index] = issue.path;
    const id = list === "poses" && index !== undefined ? at(content, ["poses", index, "id"]) : undefined;
    const path = (list === "poses" && index !== undefined ? issue.path.slice(2) : issue.path).map(String);
    const owner = list === "poses" && index !== undefined
      ? `pose ${typeof id === "string" ? `"${id}"` : `number ${Number(index) + 1}`}: `
      : "";
    if (issue.code === "unrecognized_keys") {
      const keys = issue.keys.map((key) => {
        const meant = suggestedKey(schema, issue.path, key);
        return meant === undefined ? `"${key}"` : `"${key}" (did you mean "${meant}"?)`;
      }).join(", ");
      return `${owner}${[...path, ""].join(".").replace(/\.$/, ": ").replace(/^: $/, "")}unknown key ${keys}`;
    }
    const value = at(content, issue.path);
    const quoted = value === undefined ? "is missing" : JSON.stringify(value)?.slice(0, 80);
    const meant = suggestedWord(issue, value);
    // A list of fifty words helps nobody who was one letter off.
    const rest = issue.message.startsWith("Invalid option") ? "" : ` ${issue.message}`;
    const told = meant === undefined ? issue.message : `did you mean "${meant}"?${rest}`;
    const message = issue.message.includes(String(quoted)) ? told : `${quoted}: ${told}`;
    return `${owner}${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`;
  });
}
