/** The rungs of reliability: ways to get poses from a model, each a function of one signature, to be compared. */
import type { Library } from "../library/mod.ts";
import type { Connection } from "../llm/mod.ts";
import type { Retriever } from "../retrieve/mod.ts";
import type { Pose } from "../skeleton/mod.ts";

/** A pose from outside. Joints are as a model gave them: any subset, any finite numbers. */
export interface OutsidePose extends Partial<Pick<Pose, "hands" | "gaze" | "seat">> {
  /** Metres, by the joint's name. */
  readonly joints: Readonly<Record<string, readonly number[]>>;
  /** The library's pose, where it is one. */
  readonly pose_id?: string;
  /** What it was said to be. */
  readonly description?: string;
  /** Whether nothing of it is meant to touch the floor. */
  readonly airborne?: boolean;
}

/** What is asked of a rung. */
export interface RungTask {
  /** What a person asks for. */
  readonly request: string;
  /** How many poses are wanted: 1 for a single figure. */
  readonly frames: number;
  /** Where rungs that retrieve find poses. */
  readonly library: Library;
  /** How descriptions find those poses. */
  readonly retriever: Retriever;
  /** The model that is asked. */
  readonly connection: Connection;
  /** The same seed gives the same answer. */
  readonly seed: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** What came of it. A model that fails is a result, not an error. */
export interface RungResult {
  /** Whether the answer had the form that was asked for. */
  readonly schemaValid: boolean;
  /** The poses; none where the model gave none. */
  readonly frames: readonly OutsidePose[];
  /** Why there are none, or others than the model's: the library's nearest stand in where its answer can't be used. */
  readonly failure?: string;
  /** Of all answers together; 0 where the endpoint does not count. */
  readonly tokens: { readonly prompt: number; readonly completion: number };
  /** From the request to the last pose. */
  readonly seconds: number;
  /** What was said and answered, in order. */
  readonly trace: readonly unknown[];
}

/**
 * A way to make poses from a request.
 *
 * @throws the signal's reason when aborted; {LlmError} `unreachable` when there is no model to ask any more.
 */
export type Rung = (task: RungTask) => Promise<RungResult>;
