/** Text as e5's tokens: SentencePiece's unigram model. */
import type { UnigramData } from "./e5_file.ts";

/** What SentencePiece writes for a space. */
const SPACE = "\u2581";

// Below the least likely piece by this much (SentencePiece, unigram_model.cc, kUnkPenalty).
const UNKNOWN_PENALTY = 10;

/**
 * Builds the tokenizer of multilingual-e5-small, XLM-RoBERTa's: letters are normalised one by one, runs of spaces become
 * one and one is put in front, and then of all ways to part the text into pieces the likeliest is taken (a unigram
 * language model: Kudo, ACL 2018).
 *
 * @param data The pieces and their scores.
 * @returns A function from a text to its token ids, the first and the last special one included; of a text longer than
 *   `most` tokens it gives the beginning, between the two special ones.
 */
export function createTokenizer(data: UnigramData): (text: string, most: number) => Int32Array {
  const { scores, unknown, begin, end } = data;
  const ids = new Map<string, number>();
  data.pieces.forEach((piece, id) => {
    if (id !== unknown && !ids.has(piece)) ids.set(piece, id);
  });
  const longest = data.pieces.reduce((most, piece) => Math.max(most, piece.length), 0);
  const unknownScore = Math.fround(scores.reduce((least, score) => Math.min(least, score), Infinity) - UNKNOWN_PENALTY);

  return (text, most) => {
    // No piece is longer: what follows can't be among the first tokens.
    const letters = spacedLetters(text, data.normalise, most * longest);
    const { length } = letters;
    // Single precision, as the scores are: what is rounded otherwise may tie otherwise.
    const best = new Float32Array(length + 1).fill(-Infinity);
    const piece = new Int32Array(length + 1);
    const from = new Int32Array(length + 1);
    const offer = (start: number, stop: number, id: number, score: number) => {
      const sum = Math.fround((best[start] ?? 0) + score);
      if (sum <= (best[stop] ?? 0)) return;
      best[stop] = sum;
      piece[stop] = id;
      from[stop] = start;
    };
    best[0] = 0;
    for (let start = 0; start < length; start++) {
      let run = "";
      for (let stop = start; stop < length; stop++) {
        run += letters[stop];
        if (run.length > longest) break;
        const id = ids.get(run);
        if (id !== undefined) offer(start, stop + 1, id, scores[id] ?? 0);
      }
      offer(start, start + 1, unknown, unknownScore);
    }
    const tokens: number[] = [];
    for (let at = length; at > 0; at = from[at] ?? 0) tokens.push(piece[at] ?? unknown);
    return Int32Array.from([begin, ...tokens.reverse().slice(0, most - 2), end]);
  };
}

/** The first letters of a text, each replaced by what the map has for it; one space in front, no two in a row. */
function spacedLetters(text: string, map: ReadonlyMap<number, readonly number[]>, most: number): string[] {
  const letters = [SPACE];
  const push = (letter: string) => {
    if (letter !== " ") letters.push(letter);
    else if (letters.at(-1) !== SPACE) letters.push(SPACE);
  };
  for (const letter of text) {
    if (letters.length >= most) break;
    const instead = map.get(letter.codePointAt(0) ?? 0);
    if (instead === undefined) push(letter);
    else for (const point of instead) push(String.fromCodePoint(point));
  }
  return letters;
}
