/** A dance as data: what was asked, what was chosen and why, and the key poses. */
import type { Pose } from "../skeleton/mod.ts";
import type { Language } from "../text/mod.ts";
import type { RetrieverEvent, RetrieverName } from "../retrieve/mod.ts";

/**
 * How a dance is made. `describe`: the model writes descriptions. `notation`: it fills in direction words. `select`: it chooses among what retrieval found.
 * `retrieve`: no model. `auto`: what suits the request and the model.
 */
export const METHODS = ["auto", "describe", "notation", "select", "retrieve"] as const;
/** The name of a method. */
export type Method = (typeof METHODS)[number];

/** A choreography or a pose that retrieval holds possible. */
export interface Candidate {
  /** The choreography's or the pose's. */
  readonly id: string;
  /** How near the request is to it, 0–1. */
  readonly score: number;
}

/** Who chose what, from what, and why. */
export interface Choice {
  /** `name`: the request is an id. `retrieval` or `model`: whose choice it was. */
  readonly by: "name" | "retrieval" | "model";
  /** What was chosen among. */
  readonly among: "choreographies" | "poses";
  /** The choreography's id; null where poses were put together. */
  readonly id: string | null;
  /** One sentence, in the request's language. */
  readonly reason: string;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** What the model answered, if it was asked and did. */
  readonly modelChoice: string | readonly string[] | null;
}

/** One key pose of a dance. */
export interface DanceFrame {
  /** What was looked for. */
  readonly description: string;
  /** The verified pose that retrieval found; where the body is composed, the nearest to it. */
  readonly pose_id: string;
  /** How near the description is to the pose's own, 0–1. */
  readonly score: number;
  /** How long the move takes, until the next key pose. */
  readonly seconds: number;
  /** Who wrote the description: the request's are its own words. */
  readonly author: "library" | "model" | "request";
  /** The body at this moment (m, world frame). */
  readonly pose: Pose;
  /** The pose is none of the library's: direction words make it. */
  readonly composed?: true;
  /** A composed body is in the air. */
  readonly airborne?: true;
}

/**
 * What a model wrote, or a request told, and was not used: no pose is near, its pose came before, its pose is not the
 * choreography's, or no body can do it.
 */
export interface Refused {
  /** What was written. */
  readonly description: string;
  /** Why it was not used. */
  readonly reason: "ungrounded" | "repeated" | "another pose" | "impossible";
}

/** A whole dance. */
export interface Dance {
  /** What a person asked for, as it was said. */
  readonly request: string;
  /** The language of the request. */
  readonly language: Language;
  /** The method that made it; `auto` has become one of the others. */
  readonly method: Exclude<Method, "auto">;
  /** How descriptions found poses. */
  readonly retriever: RetrieverName;
  /** The model that took part; null without one. */
  readonly model: string | null;
  /** The model's. */
  readonly seed: number;
  /** What was chosen, and why. */
  readonly choice: Choice;
  /** The key poses in order. */
  readonly frames: readonly DanceFrame[];
  /** What the model wrote, or the request told, and was not used. */
  readonly refused: readonly Refused[];
}

/** What happens while a dance is made. */
export type DanceEvent =
  | { readonly type: "retriever"; readonly event: RetrieverEvent }
  | { readonly type: "loading"; readonly model: string }
  | {
    readonly type: "asking";
    readonly for: "probe" | "choreography" | "order" | "moves" | "figures";
    readonly count: number;
  }
  | { readonly type: "failed"; readonly message: string }
  | { readonly type: "choice"; readonly choice: Choice }
  | { readonly type: "refused"; readonly refused: Refused }
  | { readonly type: "searching"; readonly total: number }
  | { readonly type: "frame"; readonly index: number; readonly total: number; readonly frame: DanceFrame }
  | { readonly type: "stage"; readonly stage: "choose" | "search"; readonly milliseconds: number };

/** A request that can't be danced: nothing was done. */
export class RefusedError extends RangeError {
  /** Tells it apart where classes can't. */
  override name = "RefusedError";
  /**
   * Says why, and what can be danced instead.
   *
   * @param known the names that can be danced.
   */
  constructor(message: string, readonly known: readonly string[] = []) {
    super(message);
  }
}
