/** What was said and done while a model worked, as a page to read. */
import type { Step } from "../agent/mod.ts";
import { display } from "./display.ts";
import { escapeHtml } from "../text/mod.ts";

/** One line of a transcript. */
interface Line {
  /** Who or what. */
  readonly label: string;
  readonly text: string;
  /** Seconds and tokens. */
  readonly cost: string;
  readonly colour: string;
  /** JSON or what was meant as such: kept as it is. */
  readonly code: boolean;
}

/** Marks at the left of a line; on white and on black they are seen alike. */
const COLOURS = { told: "#9aa0a6", model: "#1b76bd", tool: "#3a9a5b", wrong: "#d93a4e" } as const;

/** Characters of a line that are shown at once; the rest unfolds. */
const SHORT = 320;
/** Characters of a line without HTML. */
const PLAIN = 160;

/**
 * Shows a transcript: who said what, which tools were called with what, what came of it, what was wrong, how long it took.
 *
 * @param run a run of tools, or the trace of one or of a rung.
 */
export async function showTranscript(run: { readonly trace: readonly unknown[] } | readonly unknown[]): Promise<void> {
  const trace = "trace" in run ? run.trace : run;
  const lines: Line[] = [];
  for (const step of trace) {
    const said = lines.at(-1);
    const cost = costOf(step);
    // A rung notes what an answer cost after it.
    if (cost === undefined) lines.push(...isStep(step) ? lineOf(step) : otherLine(step));
    else if (said?.label === "model" && said.cost === "") lines[lines.length - 1] = { ...said, cost };
    else lines.push({ label: "model", text: "", cost, colour: COLOURS.model, code: false });
  }
  await display({
    "text/html": `<div style="max-width:62em">${lines.map(html).join("")}</div>`,
    "text/plain": lines.map(({ label, text, cost }) => {
      const flat = text.replace(/\s+/g, " ").trim();
      const short = flat.length <= PLAIN ? flat : `${flat.slice(0, PLAIN)}…`;
      return `${label}: ${short}${cost && ` (${cost})`}`;
    }).join("\n"),
  });
}

const TYPES: readonly unknown[] = ["message", "call", "result", "repair", "stopped"] satisfies Step["type"][];

/** Whether a line of a trace is a step of a run of tools; rungs keep others as well. */
const isStep = (step: unknown): step is Step =>
  typeof step === "object" && step !== null && "type" in step && TYPES.includes(step.type) &&
  (step.type !== "call" || "name" in step);

function lineOf(step: Step): Line[] {
  const cost = step.seconds >= 0.05 ? `${step.seconds.toFixed(1)} s` : "";
  switch (step.type) {
    case "message": {
      const { role, content, tokens } = step;
      const used = tokens && tokens.prompt + tokens.completion > 0
        ? `${tokens.prompt} + ${tokens.completion} tokens`
        : "";
      const costs = [cost, used].filter(Boolean).join(", ");
      if (role !== "assistant") return [{ label: role, text: content, cost: "", colour: COLOURS.told, code: false }];
      // The calls follow.
      if (content === "" && costs === "") return [];
      return [{
        label: "model",
        text: content || "(calls)",
        cost: costs,
        colour: COLOURS.model,
        code: /[{[]/.test(content),
      }];
    }
    case "call": {
      const text = typeof step.arguments === "string" ? step.arguments : JSON.stringify(step.arguments);
      return [{ label: `calls ${step.name}`, text, cost, colour: COLOURS.model, code: true }];
    }
    case "result":
      return [{
        label: step.failed ? "tool fails" : "tool answers",
        text: step.content,
        cost,
        colour: step.failed ? COLOURS.wrong : COLOURS.tool,
        code: true,
      }];
    case "repair":
      return [{ label: "sent back", text: step.message, cost, colour: COLOURS.wrong, code: false }];
    case "stopped": {
      const good = step.reason === "answered" || step.reason === "done";
      return [{ label: "end", text: step.message, cost, colour: good ? COLOURS.tool : COLOURS.wrong, code: false }];
    }
  }
}

/** Seconds and tokens of an answer, as a rung notes them by themselves; undefined for any other step. */
function costOf(step: unknown): string | undefined {
  const { type, seconds, promptTokens, completionTokens } = { ...(step as Record<string, unknown>) };
  if (type !== "call" || typeof seconds !== "number" || promptTokens === undefined) return undefined;
  return `${seconds.toFixed(1)} s, ${promptTokens} + ${completionTokens} tokens`;
}

/** What a rung noted in its own way. */
function otherLine(step: unknown): Line[] {
  const { type = "", ...rest } = { ...(step as Record<string, unknown>) };
  const text = JSON.stringify(rest, (_, value) => typeof value === "number" ? Number(value.toFixed(2)) : value);
  return [{ label: String(type), text, cost: "", colour: COLOURS.told, code: true }];
}

function html({ label, text, cost, colour, code }: Line): string {
  const look = code ? "font-family:monospace;font-size:0.85em" : "";
  const part = (some: string) =>
    `<span style="white-space:pre-wrap;overflow-wrap:anywhere;${look}">${escapeHtml(some)}</span>`;
  const content = text.length <= SHORT
    ? part(text)
    : `<details><summary style="cursor:pointer">${part(`${text.slice(0, SHORT)} …`)}</summary>${
      part(text.slice(SHORT))
    }</details>`;
  return `<div style="border-left:4px solid ${colour};margin:0 0 6px;padding:1px 0 1px 10px">` +
    `<div style="font-size:0.85em;opacity:0.75"><b>${escapeHtml(label)}</b>${cost && ` · ${escapeHtml(cost)}`}</div>` +
    `${content}</div>`;
}
