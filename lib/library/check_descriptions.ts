/** The sixth check of "verified": what people's words say of a pose is so. */
import { disagreements, type Facts, factsOf, tellSlot } from "../describe/mod.ts";
import { parse } from "../notation/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";
import type { Choreography, LibraryPose } from "./library.ts";

/** So many of a pose's descriptions in each language the parser must understand. */
const LEAST_UNDERSTOOD = 2;

const quoted = (text: string, facts: Facts): string[] => {
  const wrong = disagreements(text, facts);
  return wrong.length === 0 ? [] : [`"${text}" says ${wrong.map((slot) => `"${tellSlot(slot)}"`).join(", ")}`];
};

/**
 * Holds a pose's descriptions against its geometry.
 *
 * @param pose solved; its descriptions in both languages.
 * @returns a line for each description that says what is not so, and for each language in which fewer than two are
 * understood; none when all is well.
 */
export function checkDescriptions({ describe, pose }: Pick<LibraryPose, "describe" | "pose">): string[] {
  const facts = factsOf(pose);
  return LANGUAGES.flatMap((language: Language) => {
    const texts = describe[language];
    const lies = texts.flatMap((text) => quoted(text, facts)).map((lie) =>
      `describe.${language}: ${lie}, and the pose does not: change the words or the pose`
    );
    const understood = texts.filter((text) => parse(text).understood).length;
    if (understood >= Math.min(LEAST_UNDERSTOOD, texts.length)) return lies;
    return [
      ...lies,
      `describe.${language}: the parser understands ${understood} of ${texts.length} descriptions: let at least ` +
      `${LEAST_UNDERSTOOD} say plainly where arms and legs are`,
    ];
  });
}

/**
 * Holds the moves of a choreography against the poses that they mean.
 *
 * @param pose finds a pose by its id.
 * @returns a line for each move whose description is not understood or says what its pose does not.
 */
export function checkMoves({ moves }: Choreography, pose: (id: string) => LibraryPose | undefined): string[] {
  return moves.flatMap((move, i) => {
    const meant = pose(move.pose);
    if (!meant) return [`moves.${i}.pose: "${move.pose}" is no pose of the library`];
    const facts = factsOf(meant.pose);
    return LANGUAGES.flatMap((language) => {
      const text = move.describe[language];
      const told = parse(text).understood ? [] : [`"${text}" is not understood: say plainly where arms and legs are`];
      return [...told, ...quoted(text, facts)].map((problem) =>
        `moves.${i}.describe.${language}: ${problem} (the pose is "${move.pose}")`
      );
    });
  });
}
