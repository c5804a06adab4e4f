// "Правый" and "левый" decline alike, so that a form of one becomes the other's by its stem: "правой" and "левой",
// "справа" and "слева", "вправо" and "влево". ("Прав", "правда" and "права" name no side.)
const ENDINGS = "ый|ая|ое|ые|ого|ой|ому|ую|ым|ыми|ом|ых|ою";
const RUSSIAN = new RegExp(
  String.raw`(?<=(?<!\p{L})(?:в|на)?)(?:прав|лев)(?=о(?!\p{L}))|(?<=(?<!\p{L})с)(?:прав|лев)(?=а(?!\p{L}))` +
    String.raw`|(?<!\p{L})(?:прав|лев)(?=(?:${ENDINGS})(?!\p{L}))`,
  "giu",
);

const ENGLISH = /(?<!\p{L})(?:left|right)(?=(?:most|wards?)?(?!\p{L}))/giu;

const OTHER: Readonly<Record<string, string>> = { left: "right", right: "left", прав: "лев", лев: "прав" };

/**
 * Exchanges left and right in a text, English or Russian: what a mirror makes of what is described.
 *
 * @param text Any text.
 * @returns The text with the other side in every place; the same where it names none. Twice gives the text again.
 */
export function mirrorSides(text: string): string {
  return text.replace(ENGLISH, other).replace(RUSSIAN, other);
}

/** The other side's word or stem, in capitals where the first was. */
function other(side: string): string {
  const word = OTHER[side.toLowerCase()] ?? side;
  if (side.length > 1 && side === side.toUpperCase()) return word.toUpperCase();
  return side[0] === side[0]?.toUpperCase() ? `${word[0]?.toUpperCase()}${word.slice(1)}` : word;
}
