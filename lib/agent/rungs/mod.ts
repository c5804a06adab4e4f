/** The rungs of reliability, from joints that a model calls out to retrieval without a model. */
import { NOTATE_VERSION } from "../notate.ts";
import DESCRIBE_PROMPTS from "../prompts.json" with { type: "json" };
import type { Rung } from "../rung.ts";
import { coordinates } from "./coordinates.ts";
import { describe } from "./describe.ts";
import { json } from "./json.ts";
import { late } from "./late.ts";
import { notation } from "./notation.ts";
import PROMPTS from "./prompts.json" with { type: "json" };
import { retrieve } from "./retrieve.ts";
import { schema } from "./schema.ts";
import { select } from "./select.ts";

/** A rung, and what its results depend on. */
export interface NamedRung {
  readonly run: Rung;
  /** The version of its prompts: results of another one are not its own. */
  readonly version: number;
  /** Whether a model is asked. */
  readonly asks: boolean;
}

/** All rungs by their names, in the order in which they are taught. */
export const RUNGS = {
  coordinates: { run: coordinates, version: PROMPTS.version, asks: true },
  json: { run: json, version: PROMPTS.version, asks: true },
  schema: { run: schema, version: PROMPTS.version, asks: true },
  late: { run: late, version: PROMPTS.version, asks: true },
  describe: { run: describe, version: DESCRIBE_PROMPTS.version, asks: true },
  notation: { run: notation, version: NOTATE_VERSION, asks: true },
  select: { run: select, version: 1, asks: true },
  retrieve: { run: retrieve, version: 1, asks: false },
} as const satisfies Record<string, NamedRung>;

/** The name of a rung. */
export type RungName = keyof typeof RUNGS;
