/** The sixth check of "verified": what people's words say of a pose is so. */
import { caption, disagreements, type Facts, factsOf, posecodes, tellSlot } from "../describe/mod.ts";
import { parse } from "../notation/mod.ts";
import type { Pose } from "../skeleton/mod.ts";
import { type Language, LANGUAGES } from "../text/mod.ts";
import { checkScript } from "./check_texts.ts";
import { checkPosesThere, type Choreography, type LibraryPose } from "./library.ts";
import { tellPlace } from "./problems.ts";

/** So many of a pose's descriptions in each language the parser must understand. */
const LEAST_UNDERSTOOD = 2;

/** What a text says of a pose that is not so, and what `who`, that pose, is. */
function liesOf(
  text: string,
  facts: Facts,
  pose: Pose,
  language: Language,
  who: string,
): string[] {
  const wrong = disagreements(text, facts);
  if (wrong.length === 0) return [];
  const is = caption(posecodes(pose), { language, length: "short" });
  return [
    `"${text}" says that ${wrong.map(tellSlot).join(" and ")}; ${who} is "${is}": change the words or the pose`,
  ];
}

/**
 * Holds a pose's descriptions against its geometry.
 *
 * @param pose solved; its descriptions in both languages.
 * @returns a line for each description that says what is not so, and for each language in which fewer than two are
 * understood; none when all is well.
 */
export function checkDescriptions(pose: Pick<LibraryPose, "describe" | "pose">): string[] {
  const facts = factsOf(pose.pose);
  return LANGUAGES.flatMap((language: Language) => {
    const texts = pose.describe[language];
    const lies = texts.flatMap((text) => liesOf(text, facts, pose.pose, language, "the pose"));
    const understood = texts.filter((text) => parse(text).understood).length;
    const vague = understood >= Math.min(LEAST_UNDERSTOOD, texts.length) ? [] : [
      `${understood} of ${texts.length} descriptions are understood: let at least ${LEAST_UNDERSTOOD} say plainly ` +
      "where arms and legs are",
    ];
    return [...lies, ...vague].map((problem) => `describe.${language}: ${problem}`);
  });
}

/**
 * Holds the moves of a choreography against the poses that they mean.
 *
 * @param poses the library's.
 * @returns a line for each move whose pose there isn't, or whose description is in another language, is not understood or
 * says what its pose does not.
 */
export function checkMoves(dance: Choreography, poses: readonly LibraryPose[]): string[] {
  const lies = dance.moves.flatMap((move, i) => {
    const meant = poses.find(({ id }) => id === move.pose);
    if (!meant) return [];
    const facts = factsOf(meant.pose);
    return LANGUAGES.flatMap((language) => {
      const text = move.describe[language];
      const told = parse(text).understood ? [] : [`"${text}" is not understood: say plainly where arms and legs are`];
      return [...checkScript(text, language), ...told, ...liesOf(text, facts, meant.pose, language, `"${meant.id}"`)]
        .map((problem) => `${tellPlace(["moves", i, "describe", language])}: ${problem}`);
    });
  });
  return [...checkPosesThere(dance, poses), ...lies];
}
