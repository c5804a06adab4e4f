/** JSON written by hand: what is wrong in it is told by its line and column. */

/** Where a parser stopped (characters from the start), by its message, or, where that tells no place, by trying. */
function placeOf(text: string, message: string): number {
  const told = message.match(/at position (\d+)/);
  if (told) return Number(told[1]);
  if (message.startsWith("Unexpected end")) return text.length;
  // As soon as the character that it does not expect is there, a beginning of the text fails as the whole does.
  const fails = (end: number) => {
    try {
      JSON.parse(text.slice(0, end));
    } catch (error) {
      return error instanceof Error && error.message.startsWith("Unexpected token");
    }
    return false;
  };
  let [well, bad] = [0, text.length];
  while (bad - well > 1) {
    const middle = (well + bad) >> 1;
    if (fails(middle)) bad = middle;
    else well = middle;
  }
  return well;
}

/** What is wrong at a place, in plain words. */
function reasonOf(text: string, at: number, message: string): string {
  const sign = text[at] ?? "";
  if (text.trim() === "") return "it is empty";
  if (/[}\]]/.test(sign) && /,\s*$/.test(text.slice(0, at))) {
    return `nothing follows the comma before "${sign}": take it out`;
  }
  if (at >= text.trimEnd().length) return "it ends too early: a bracket or a quote is not closed";
  if (/['‘’“”«]/.test(sign)) return `texts and keys stand in straight double quotes: ${sign} is none`;
  if (sign === "/" || sign === "#") return "JSON takes no comments";
  if (/^(Expected.*property name)/.test(message)) return `a key in double quotes is missing before ${sign}`;
  if (message.startsWith("Unexpected token")) return `${sign} is not expected here`;
  return message.replace(/ in JSON at position.*$/s, "").replaceAll("'", '"');
}

/**
 * Reads JSON.
 *
 * @throws {SyntaxError} with the line, the column and what is wrong there.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = placeOf(text, message);
    const lines = text.slice(0, at).split("\n");
    throw new SyntaxError(
      `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}: is not JSON: ${reasonOf(text, at, message)}`,
      { cause: error },
    );
  }
}
