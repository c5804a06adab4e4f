/** What a student passed to a check, as a pose: by notation, by id, found, solved, or as coordinates. */
import { type LibraryPose, problemsOf } from "../../library/mod.ts";
import { type Notation, NotationError, notationSchema, solve } from "../../notation/mod.ts";
import { type Pose, type PoseFromOutside, validate, verify } from "../../skeleton/mod.ts";
import { nearestWord } from "../../text/mod.ts";
import type { JudgeContext } from "./judge.ts";
import { Mistake } from "./verdict.ts";

/** A pose that was passed. */
export interface AttemptedPose {
  /** As it is drawn. */
  readonly outside: PoseFromOutside;
  /** Absent where a joint has no place. */
  readonly pose?: Pose;
  /** What is wrong with the body, a line each. */
  readonly faults: readonly string[];
  /** The pose of the library that it is, if it is one. */
  readonly known?: LibraryPose;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Refuses what is not there yet: a promise, undefined, an empty list, a function that was not called.
 *
 * @throws {Mistake} that says what to write.
 */
export function refuseMissing(value: unknown, { say, exercise }: JudgeContext): void {
  const refuse = (advice: string): never => {
    throw new Mistake([advice]);
  };
  if (value instanceof Promise) refuse(say.promise(exercise.id));
  if (value === undefined) refuse(say.undefined);
  if (value === null) refuse(say.nothing);
  if (typeof value === "function") refuse(say.function(value.name));
  if (Array.isArray(value) && value.length === 0) refuse(say.empty);
  if (Array.isArray(value) && value.some((one) => one instanceof Promise)) refuse(say.promise(exercise.id));
}

/**
 * Takes what was passed as a pose. Of a search's results the first is meant.
 *
 * @throws {Mistake} that says what to write where it is none.
 */
export function poseOf(value: unknown, context: JudgeContext): AttemptedPose {
  const { say } = context;
  refuseMissing(value, context);
  if (Array.isArray(value)) return poseOf(value[0], context);
  if (typeof value === "string") return poseById(value, context);
  if (!isObject(value)) throw new Mistake([say.number(String(value))]);
  if ("joints" in value) return fromOutside(value as unknown as PoseFromOutside, context);
  if (isObject(value["pose"])) {
    const { pose, contacts, airborne } = value as { pose: Pose } & Pick<LibraryPose, "contacts" | "airborne">;
    const known = context.library.pose(pose.id ?? "");
    if (known?.pose === pose) return ofLibrary(known);
    if (contacts !== undefined) return solved(pose, { contacts, airborne });
    return fromOutside(pose, context);
  }
  if (typeof value["pose"] === "string") return poseById(value["pose"], context);
  if (typeof value["id"] === "string" && "score" in value) return poseById(value["id"], context);
  return fromNotation(value, context);
}

const ofLibrary = (known: LibraryPose): AttemptedPose => ({ outside: known.pose, pose: known.pose, faults: [], known });

function poseById(id: string, { library, say }: JudgeContext): AttemptedPose {
  const known = library.pose(id.trim());
  if (known) return ofLibrary(known);
  const isName = /^[a-z0-9_-]+$/i.test(id.trim());
  throw new Mistake([isName ? say.noPose(id, nearestWord(id, library.poses.map((pose) => pose.id))) : say.text(id)]);
}

function solved(pose: Pose, known: Pick<LibraryPose, "contacts" | "airborne">): AttemptedPose {
  return { outside: pose, pose, faults: verify(pose, known).map(({ message }) => message) };
}

function fromNotation(value: Readonly<Record<string, unknown>>, { say }: JudgeContext): AttemptedPose {
  const { id: _, theme: __, describe: ___, view: ____, dynamic: _____, ...notation } = value;
  const parsed = notationSchema.safeParse(notation);
  if (!parsed.success) throw new Mistake(problemsOf(parsed.error, notation, notationSchema).map(say.problem));
  const made = solveOr(parsed.data, (message) => new Mistake([say.problem(message)]));
  const { pose, faults } = solved(made.pose, made);
  return { outside: made.pose, ...(pose && { pose }), faults: [...made.notes, ...faults] };
}

/** The body that a notation describes; what is no notation after all becomes the caller's error. */
export function solveOr(notation: Notation, refusal: (message: string) => Error): ReturnType<typeof solve> {
  try {
    return solve(notation);
  } catch (error) {
    if (error instanceof NotationError) throw refusal(error.message);
    throw error;
  }
}

function fromOutside(outside: PoseFromOutside, { library, say }: JudgeContext): AttemptedPose {
  const known = library.poses.find(({ pose }) => pose === outside);
  if (known) return ofLibrary(known);
  const { joints } = outside;
  const odd = isObject(joints)
    ? Object.entries(joints).filter(([, place]) => !Array.isArray(place)).map(([joint]) => joint)
    : ["joints"];
  if (odd.length > 0) throw new Mistake(odd.map((name) => say.problem(`${name} is no list of three numbers`)));
  const { pose, faults } = validate(outside);
  return { outside, ...(pose && { pose }), faults: faults.map(({ message }) => message) };
}
