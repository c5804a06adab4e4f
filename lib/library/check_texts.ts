/** What people's words must be whatever the pose: in their language, said once, and without the name of a dance. */
import { bareText, type Language, LANGUAGES } from "../text/mod.ts";
import type { Choreography, LibraryPose } from "./library.ts";
import { namesOf } from "./names_taken.ts";

const SCRIPT = { en: /\p{Script=Cyrillic}/u, ru: /\p{Script=Latin}/u } as const;
const SAID = { en: "English, and holds Cyrillic letters", ru: "Russian, and holds Latin letters" } as const;

/** What is wrong with a text's letters. Letters that are shapes, as in "руки буквой V", are nobody's language. */
export const checkScript = (text: string, language: Language): string[] =>
  SCRIPT[language].test(text.replace(/(?<!\p{L})[TVX](?!\p{L})/gu, ""))
    ? [`"${text}" stands under ${language}, ${SAID[language]}`]
    : [];

/** What a text check looks at. */
export type DescribedPose = Pick<LibraryPose, "id" | "file" | "describe">;

/**
 * Makes a check of the rules that the words of descriptions can break by themselves.
 *
 * @param others poses whose descriptions are taken. @param dances whose names no description holds: being found is earned.
 * @returns the lines for a pose; its descriptions are taken from then on.
 */
export function createTextCheck(
  others: readonly DescribedPose[],
  dances: readonly Choreography[],
): (pose: DescribedPose) => string[] {
  const names = new Map(dances.flatMap((dance) => namesOf(dance).map((name) => [bareText(name), name])));
  const longest = Math.max(0, ...Array.from(names.keys(), (name) => name.split(" ").length));
  const named = (bare: string): string | undefined => {
    const words = bare.split(" ");
    for (let from = 0; from < words.length; from++) {
      for (let count = 1; count <= longest; count++) {
        const name = names.get(words.slice(from, from + count).join(" "));
        if (name !== undefined) return name;
      }
    }
    return undefined;
  };
  const owners = new Map<string, DescribedPose>();
  for (const pose of others) {
    for (const language of LANGUAGES) for (const text of pose.describe[language]) owners.set(bareText(text), pose);
  }
  return (pose) =>
    LANGUAGES.flatMap((language) =>
      pose.describe[language].flatMap((text) => {
        const bare = bareText(text);
        const [owner, name] = [owners.get(bare), named(bare)];
        owners.set(bare, pose);
        return [
          ...checkScript(text, language),
          ...(owner === undefined
            ? []
            : [`"${text}" is a description of "${owner.id}" (${owner.file}) already: say it otherwise`]),
          ...(name === undefined ? [] : [`"${text}" holds a dance's name, "${name}": say where the limbs are`]),
        ].map((problem) => `describe.${language}: ${problem}`);
      })
    );
}
