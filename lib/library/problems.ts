/** A schema's verdict in the words of the one who wrote the file. */
import type { z } from "zod";
import { nearestWord } from "../text/mod.ts";
import { keysAt, suggestedWord } from "./suggest.ts";
import { tellIssue } from "./tell_issue.ts";

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

/** One thing that a schema refuses. */
export interface SchemaFault {
  /** Where it is; for a key that is not known, the object that holds it. */
  readonly path: readonly PropertyKey[];
  /** What stands there; undefined where nothing does. */
  readonly value: unknown;
  /** What would be right, and what may have been meant. */
  readonly message: string;
  /** The keys that are not known, where that is what is wrong. */
  readonly keys?: readonly string[];
}

/** So many keys at most are told to who wrote one that is near to none. */
const FEW_KEYS = 12;

/** More unknown keys than this are not told one by one: looking for what was meant takes time. */
const MOST_KEYS = 6;

/**
 * A schema's issues: where, the value, what may have been meant, and what would be right.
 *
 * @param content what was parsed, to take values from. @param schema what refused it, for the keys that it knows.
 * @param most of them, the first.
 */
export function faultsOf(error: z.ZodError, content: unknown, schema: z.ZodType, most = Infinity): SchemaFault[] {
  return error.issues.slice(0, most).flatMap(unfold).slice(0, most).map((issue): SchemaFault => {
    const value = at(content, issue.path);
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, issue.path);
      const told = issue.keys.slice(0, MOST_KEYS).map((key) => {
        const meant = nearestWord(key, known);
        if (meant !== undefined) return `"${key}" (did you mean "${meant}"?)`;
        const few = known.length > 0 && known.length <= FEW_KEYS ? ` (the keys are ${known.join(", ")})` : "";
        return `"${key.slice(0, 80)}"${few}`;
      }).join(", ");
      const more = issue.keys.length > MOST_KEYS ? ` and ${issue.keys.length - MOST_KEYS} more` : "";
      return { path: issue.path, value, keys: issue.keys, message: `unknown key ${told}${more}` };
    }
    const meant = suggestedWord(issue, value);
    if (meant === undefined) return { path: issue.path, value, message: tellIssue(issue, value, schema) };
    // A list of fifty words helps nobody who was one letter off.
    const rest = issue.code === "invalid_value" ? "" : ` ${tellIssue(issue, value, schema)}`;
    return { path: issue.path, value, message: `did you mean "${meant}"?${rest}` };
  });
}

/** A path as it is written in code: `moves[1].pose`. */
const written = (path: readonly PropertyKey[]) =>
  path.map((step, i) => typeof step === "number" ? `[${step}]` : `${i > 0 ? "." : ""}${String(step)}`).join("");

/** Where something is for who counts from one and for who counts from zero: `move 2 (moves[1].pose)`. */
export function tellPlace(path: readonly PropertyKey[]): string {
  const [list, index] = path;
  const numbered = typeof list === "string" && list.endsWith("s") && typeof index === "number";
  return numbered ? `${list.slice(0, -1)} ${index + 1} (${written(path)})` : written(path);
}

/** A value is quoted up to so many characters. */
const MOST_QUOTED = 80;

/**
 * A schema's issues as lines: the pose (by its id), the field, the value, what may have been meant, and what would be right.
 *
 * @param content what was parsed, to quote ids and values from. @param schema what refused it, for the keys that it knows.
 */
export function problemsOf(error: z.ZodError, content: unknown, schema: z.ZodType): string[] {
  return faultsOf(error, content, schema).map(({ path: whole, value, keys, message }) => {
    const [list, index] = whole;
    const inPose = list === "poses" && index !== undefined;
    const id = inPose ? at(content, ["poses", index, "id"]) : undefined;
    const owner = inPose ? `pose ${typeof id === "string" ? `"${id}"` : `number ${Number(index) + 1}`}: ` : "";
    const path = tellPlace(inPose ? whole.slice(2) : whole);
    const field = path === "" ? "" : `${path}: `;
    const quoted = JSON.stringify(value) ?? "";
    const isLong = typeof value === "object" && quoted.length > MOST_QUOTED;
    const isSaid = typeof value === "string" && message.includes(quoted);
    if (keys || value === undefined || isLong || isSaid) return `${owner}${field}${message}`;
    return `${owner}${field}${quoted.slice(0, MOST_QUOTED)}: ${message}`;
  });
}

/** Of more problems than this, a message tells how many more there are. */
const MOST_TOLD = 12;

/**
 * Problems as one message: how many, and the first of them, a line each.
 *
 * @param doing what could not be done, as in `Cannot use the pose library`.
 */
export function tellProblems(doing: string, problems: readonly string[]): string {
  const more = problems.length > MOST_TOLD ? [`… and ${problems.length - MOST_TOLD} more`] : [];
  const lines = [...problems.slice(0, MOST_TOLD), ...more].join("\n  ");
  return `${doing}: ${problems.length} problem${problems.length === 1 ? "" : "s"}\n  ${lines}`;
}
