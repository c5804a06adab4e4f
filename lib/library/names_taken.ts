import { language, stem, words } from "../text/mod.ts";
import type { Choreography } from "./library.ts";

/** A name as requests are matched with it: its words' stems, hyphens or none. */
const spellings = (name: string): string[] => [
  ...new Set(
    [name, name.replaceAll("-", "")].map((one) => words(one).map((word) => stem(word, language(word))).join(" ")),
  ),
];

/** The names and aliases of a choreography, with where they stand in its file. */
const placedNames = ({ name, aliases }: Choreography): { readonly text: string; readonly field: string }[] => [
  { text: name.en, field: "name.en" },
  { text: name.ru, field: "name.ru" },
  ...aliases.en.map((text, i) => ({ text, field: `aliases.en[${i}]` })),
  ...aliases.ru.map((text, i) => ({ text, field: `aliases.ru[${i}]` })),
];

/** What a choreography is called, in both languages. */
export const namesOf = (dance: Choreography): string[] => placedNames(dance).map(({ text }) => text);

/**
 * The names that more than one dance has: a request by one would get only one of them.
 *
 * @returns a line each, for the later of two dances.
 */
export function namesTaken(dances: readonly Choreography[]): string[] {
  const owners = new Map<string, string>();
  return dances.flatMap((dance) =>
    placedNames(dance).flatMap(({ text, field }) => {
      const keys = spellings(text);
      const owner = keys.map((key) => owners.get(key)).find((id) => id !== undefined);
      if (owner === undefined) { for (const key of keys) owners.set(key, dance.id); }
      return owner === undefined || owner === dance.id ? [] : [
        `poses/dances/${dance.id}.json: ${field}: "${text}" is the name of poses/dances/${owner}.json: choose another`,
      ];
    })
  );
}
