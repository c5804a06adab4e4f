/** A comparison as the tests of this folder need one: every rung, two models. */
import { type CompareReport, RUNGS, wilson } from "../agent/mod.ts";

type Line = CompareReport["results"][number];

/** A report in which the rung at place `i` was right in `i` of 10 runs; the second model's first rung was not run. */
export function madeUpReport(): CompareReport {
  const lines = Object.entries(RUNGS).flatMap(([method, { asks, version }], i): Line[] => {
    const part = { right: i, n: 10 };
    const line = {
      method,
      version,
      n: 10,
      seeds: 1,
      schemaValid: wilson(10, 10),
      poseValid: wilson(9, 10),
      right: wilson(i, 10),
      validButWrong: wilson(9 - i, 10),
      standIns: 0,
      answered: 10,
      different: i + 1,
      of: { figure: part, dance: part, en: part, ru: part },
      figuresRight: i / 10,
      medianSeconds: 1.25 * i,
      tokens: { prompt: 100, completion: 20.4 },
      peakMegabytes: { process: 450, server: null },
    };
    if (!asks) return [{ ...line, model: null, endpoint: null }];
    const first: Line = { ...line, model: "a", endpoint: "embedded" };
    const peakMegabytes = { process: 450, server: 900 };
    return i === 0 ? [first] : [first, { ...line, model: "a", endpoint: "ollama", peakMegabytes }];
  });
  const machine = { cpu: "x", cores: 2, deno: "2", "node-llama-cpp": "3", ollama: null };
  return { requests: { file: "compare.json", count: 10 }, machine, results: lines.toReversed() };
}
