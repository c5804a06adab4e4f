/** A verdict below the cell: what was expected, what is so, pictures, and what to do next. */
import { drawOutside, drawPose } from "../../draw/mod.ts";
import { encodePng } from "../../media/mod.ts";
import type { Pose } from "../../skeleton/mod.ts";
import { display } from "../display.ts";
import { escapeHtml } from "../../text/mod.ts";
import { passed } from "./judge.ts";
import type { Figure, Verdict } from "./verdict.ts";
import type { Say } from "./words.ts";

/** Pixels of a figure. */
const SIZE = 220;
/** More sentences than this are not read. */
const MOST_ADVICE = 8;
/** Marks that are seen alike on white and on black. */
const COLOURS = { right: "#3a9a5b", wrong: "#d93a4e" } as const;

const image = (bytes: Uint8Array, type: string, alt: string) =>
  `<img alt="${escapeHtml(alt)}" src="data:image/${type};base64,${bytes.toBase64()}">`;

async function figureHtml({ pose, caption, sound }: Figure): Promise<string> {
  const options = { width: SIZE, caption };
  const picture = sound ? await drawPose(pose as Pose, options) : await drawOutside(pose, options);
  return image(encodePng(picture), "png", caption);
}

/** What a verdict says in one line. */
function headline(verdict: Verdict, say: Say): string {
  const { findings } = verdict;
  if (findings.length === 0) return say.mistake;
  return passed(verdict) ? say.passed : say.failed(findings.filter(({ holds }) => holds).length, findings.length);
}

/**
 * Shows a verdict in one output.
 *
 * @param id The exercise's. @param hints Shown, folded, where something is not so yet.
 */
export async function showVerdict(id: string, verdict: Verdict, hints: readonly string[], say: Say): Promise<void> {
  const { findings, figures = [], gif } = verdict;
  const left = verdict.advice.length - MOST_ADVICE;
  const advice = [...verdict.advice.slice(0, MOST_ADVICE), ...(left > 0 ? [say.more(left)] : [])];
  const right = passed(verdict);
  const mark = (holds: boolean) => holds ? "✓" : "✗";
  const heading = `${mark(right)} ${id}: ${headline(verdict, say)}`;
  const line = (holds: boolean, text: string) =>
    `<div><b style="color:${holds ? COLOURS.right : COLOURS.wrong}">${mark(holds)}</b> ${escapeHtml(text)}</div>`;
  const pictures = [...await Promise.all(figures.map(figureHtml)), ...(gif ? [image(gif, "gif", say.made)] : [])];
  const folded = right || hints.length === 0
    ? ""
    : `<details><summary style="cursor:pointer">${say.hints}</summary><ul>${
      hints.map((hint) => `<li>${escapeHtml(hint)}</li>`).join("")
    }</ul></details>`;
  await display({
    "text/html": `<div style="border-left:4px solid ${right ? COLOURS.right : COLOURS.wrong};padding-left:10px">` +
      `<div><b>${escapeHtml(heading)}</b></div>${findings.map(({ holds, text }) => line(holds, text)).join("")}` +
      `${advice.map((text) => `<div>→ ${escapeHtml(text)}</div>`).join("")}` +
      `${pictures.length > 0 ? `<div>${pictures.join(" ")}</div>` : ""}${folded}</div>`,
    "text/plain": [
      heading,
      ...findings.map(({ holds, text }) => `${mark(holds)} ${text}`),
      ...advice.map((text) => `→ ${text}`),
      ...(right ? [] : hints.map((hint) => `? ${hint}`)),
    ].join("\n"),
  });
}
