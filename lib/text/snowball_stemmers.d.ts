/** What of `npm:snowball-stemmers`, which has no types of its own, is used. */
declare const snowball: {
  newStemmer(algorithm: string): { stem(word: string): string };
};
export default snowball;
