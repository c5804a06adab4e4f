/** Words that say nothing of the body: images, what is denied, what others do. */
import type { Token } from "./lexicon.ts";
import { afterFillers, type Reading } from "./reading.ts";

/** How many words of a clause are looked through, either way. */
const NEAR = 12;

/** The last of the tokens that say nothing of the body, from one that begins such a run; none for any other. */
export function skip(r: Reading, kind: string, { text }: Token, i: number): number | undefined {
  const until = (last: RegExp, most = Infinity) => {
    let at = i;
    while (at < most && r.tokens[at + 1] !== undefined && !last.test(r.tokens[at + 1]?.concept ?? "")) at++;
    return at;
  };
  // A comparison ends with its clause: what it says is an image.
  const exact = text === "точно" && /^(dir|level)/.test(afterFillers(r, i + 1));
  if (kind === "like" && !exact) return until(/^stop$/);
  if (kind === "posture" && /^(sit|lie)$/.test(r.tokens[i]?.concept.slice(8) ?? "") && isAnothers(r, i)) {
    return until(/^(stop|and)$/);
  }
  // "Nothing is raised, but …".
  if (kind === "none") return until(/^(stop|and)$/);
  // "Laid on the left one, which is lifted": the place is.
  if (r.lastPlace && i - r.lastPlace.at <= 2 && /^(котор|which$)/.test(text) && r.tokens[i - 1]?.concept === "stop") {
    return until(/^stop$/);
  }
  // "Higher than the shoulders he doesn't raise it", "not above the head": how high it is not.
  if (/^(level)$/.test(kind) && /^(above|below)/.test(r.tokens[i]?.concept.slice(6) ?? "")) {
    const rest = r.tokens.slice(i, until(/^stop$/, i + NEAR) + 1).map(({ concept }) => concept);
    const no = rest.indexOf("neg");
    if (r.negated) return until(/^(stop|dir\..*|and)$/);
    if (no > 0 && /^raise$/.test(afterFillers(r, i + no + 1))) return until(/^stop$/);
  }
  // "Between shoulder height and vertical": neither.
  if (/^(between|между)$/.test(text)) {
    const clause = r.tokens.slice(i, until(/^stop$/, i + NEAR) + 1).map(({ concept }) => concept);
    const first = clause.findIndex((concept) => /^(level|dir)\./.test(concept));
    const and = clause.indexOf("and", first);
    const second = clause.findIndex((concept, at) => at > and && /^(level|dir)\./.test(concept));
    if (first >= 0 && and > first && second > and) return i + second;
  }
  return undefined;
}

/** Parts that another may sit or lie on; laps only lie under it. */
const CARRIES = ["shoulder", "shoulders", "head", "crown", "hand", "hands", "palm", "palms", "arm", "arms"];
const LIES_ON = [...CARRIES, "knee", "knees"];

/** Whether it is another that sits or lies: "a dog that sits in front of me", "a parrot sits on the shoulder". */
function isAnothers(r: Reading, verb: number): boolean {
  const stops = (at: number) => (r.tokens[at]?.concept ?? "stop") === "stop";
  let [start, end] = [verb, verb];
  while (start > verb - NEAR && !stops(start - 1)) start--;
  while (end < verb + NEAR && !stops(end + 1)) end++;
  let before = verb - 1;
  while (before >= start && r.tokens[before]?.concept === "filler") before--;
  const unknown = (at: number) => at >= start && at <= end && r.tokens[at]?.concept === "unknown";
  if (!unknown(before) && !unknown(verb + 1)) return false;
  const clause = r.tokens.slice(start, end + 1);
  if (clause.some(({ text }) => RELATIVE.test(text) || MINE.test(text))) return true;
  const places = r.tokens[verb]?.concept === "posture.lie" ? LIES_ON : CARRIES;
  return clause.some(({ concept }, at) =>
    concept === "touch.on" && clause.slice(at + 1, at + 4).some(({ concept }) => places.includes(concept.slice(5)))
  );
}

const RELATIVE = /^(that|which|where|who|где|котор\p{L}+)$/u;
const MINE = /(?<!\p{L})(my|me|мне|меня|мной|мо(ей|ем|ю|их))(?!\p{L})/u;
