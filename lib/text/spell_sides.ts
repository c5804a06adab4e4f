const ENDINGS = "(?=(?:ый|ая|ое|ые|ого|ой|ому|ую|ым|ыми|ом|ых|ою)$)";

/** Slips that are no word: two neighbours exchanged, or one of the letters of "right" left out. */
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/^(?:irght|rgiht|rihgt|rigth|rght|riht|rigt)$/u, "right"],
  [/^(?:elft|lfet|letf)$/u, "left"],
  [new RegExp(`^(?:рпав|парв|прва)${ENDINGS}`, "u"), "прав"],
  [new RegExp(`^(?:елв|лве)${ENDINGS}`, "u"), "лев"],
];

const SIDE = new RegExp(`^(?:left|right|(?:прав|лев)${ENDINGS}.*)$`, "u");

/** What begins as a side or as a slip of one does. */
const LIKE_A_SIDE = /(?<!\p{L})[rileлепр]\p{L}{3,8}(?!\p{L})/giu;

/** Short forms, before the limb that they belong to. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})(?:лев|л)\.\s*(?=рук|ног|нож|ладо|кист|лок|колен|стоп|плеч|бок|щек)/giu, "левая "],
  [/(?<!\p{L})(?:прав|пр|п)\.\s*(?=рук|ног|нож|ладо|кист|лок|колен|стоп|плеч|бок|щек)/giu, "правая "],
  [/(?<!\p{L})(?:l|lt)\.?(?=\s+(?:arm|hand|leg|foot|knee|elbow|side)(?!\p{L}))/giu, "left"],
  [/(?<!\p{L})(?:r|rt)\.?(?=\s+(?:arm|hand|leg|foot|knee|elbow|side)(?!\p{L}))/giu, "right"],
];

/**
 * Writes out the sides that a text has misspelt or shortened ("rihgt", "леввая рука", "пр. рука", "L arm"), so that it
 * is found by what others wrote, and so that `mirrorSides` sees them.
 *
 * @param text Any text.
 * @returns The same text but for such words, which come out in small letters.
 */
export function spellSides(text: string): string {
  const whole = SHORT.reduce((said, [pattern, side]) => said.replace(pattern, side), text);
  return whole.replace(LIKE_A_SIDE, (word) => {
    const written = word.toLowerCase();
    const once = written.replace(/(\p{L})\1/gu, "$1");
    const spelt = SLIPS.reduce((said, [pattern, side]) => said.replace(pattern, side), once);
    return spelt !== once || (once !== written && SIDE.test(once)) ? spelt : word;
  });
}
