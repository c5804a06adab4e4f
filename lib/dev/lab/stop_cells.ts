/**
 * Cells that tell whether progress is shown in place and whether JupyterLab's stop button does what it should: what we
 * await ends at once, what takes too long by itself, what a cell awaits of its own goes on, and nothing is forgotten.
 */
export const STOP_CELLS: readonly string[] = [
  `import { completeText, connectOnce, progress } from "lib";
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const kept = 41;
const line = await progress("step 0");
for (let i = 1; i <= 20; i++) {
  await sleep(100);
  await line.update(\`step \${i}\`);
}`,
  `const connection = await connectOnce();
const ask = (timeoutMs: number) =>
  completeText({ connection, messages: [{ role: "user", content: "Tell a story." }], seed: 1, maxTokens: 60, timeoutMs }).finish();
while (true) {
  await ask(60_000);
  console.log("answered");
}`,
  `console.log(await ask(1).catch((error: Error) => error.message));`,
  `await sleep(3000);
console.log("kept:", kept + 1);`,
];
