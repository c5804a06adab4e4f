/** What a tool is: a function with a schema, whose arguments are checked before it runs. */
import type { z } from "zod";
import { firstIssues, jsonSchemaOf, type ToolDefinition } from "../../llm/mod.ts";

/** A file that a tool made: it stays in the run's result, the model hears its handle and facts only. */
export interface MadeFile {
  /** What it shows. */
  readonly kind: "animation" | "picture";
  /** As in HTTP: `image/gif`. */
  readonly mediaType: string;
  /** The file's content. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the model is told, as `12 frames, 480 × 480 px`. */
  readonly about: string;
}

/** What a tool may use while it runs. */
export interface ToolContext {
  /** Ends what the tool does. */
  readonly signal?: AbortSignal;
  /** Keeps a file in the run's result. @returns its handle for the model, as `animation 1: 12 frames, 480 × 480 px`. */
  keep(file: MadeFile): string;
}

/** A function that a model may call. */
export interface AgentTool {
  /** What the model is told of it. */
  readonly definition: ToolDefinition;
  /**
   * Checks the arguments and runs the function.
   *
   * @param args what the model gave, parsed.
   * @returns facts as small JSON.
   * @throws {ArgumentsError} where they are not what the tool takes; {ToolError} where it can't do it.
   */
  call(args: unknown, context: ToolContext): Promise<unknown>;
}

/** The arguments of a call are not what the tool takes: the message says which and why. */
export class ArgumentsError extends TypeError {
  /** Tells it apart where classes can't. */
  override name = "ArgumentsError";
}

/** A tool can't do what it was called for: the message is for the model. */
export class ToolError extends Error {
  /** Tells it apart where classes can't. */
  override name = "ToolError";
}

/**
 * Makes a tool of a typed function.
 *
 * @param tool its name, what it does, the schema of its arguments (give every array a `max`), and the function.
 *
 * @example
 * ```ts
 * import { z } from "zod";
 * const add = defineTool({
 *   name: "add",
 *   description: "Adds two numbers",
 *   parameters: z.strictObject({ a: z.number(), b: z.number() }),
 *   run: ({ a, b }) => ({ sum: a + b }),
 * });
 * ```
 */
export function defineTool<Parameters extends z.ZodType>(
  { name, description, parameters, run }: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Parameters;
    readonly run: (args: z.output<Parameters>, context: ToolContext) => unknown;
  },
): AgentTool {
  return {
    definition: { type: "function", function: { name, description, parameters: jsonSchemaOf(parameters) } },
    async call(args, context) {
      const parsed = parameters.safeParse(args);
      if (!parsed.success) throw new ArgumentsError(firstIssues(parsed.error));
      return await run(parsed.data, context);
    },
  };
}
