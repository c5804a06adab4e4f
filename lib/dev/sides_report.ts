/**
 * Measures how an adapter learns left from right, as Step 3 does where the embeddings are, and keeps it for machines
 * where they are not: `deno task sides`, a part of `make eval`.
 *
 * @module
 */
import { cpus } from "node:os";
import { loadLibrary } from "../library/mod.ts";
import { LEARNED_SIDES, learnSides } from "../notebook/mod.ts";
import { createEmbedder, openTensors } from "../retrieve/mod.ts";

await using embedder = await createEmbedder();
const learned = await learnSides(await loadLibrary(), embedder, { steps: 120, batch: 128 });
const { backend } = await openTensors();
const machine = { cpu: cpus()[0]?.model.trim() ?? "unknown", cores: cpus().length, backend };
const rounded = (_: string, value: unknown) => typeof value === "number" ? Number(value.toFixed(4)) : value;
await Deno.writeTextFile(LEARNED_SIDES, `${JSON.stringify({ machine, ...learned }, rounded, 2)}\n`);
console.log(learned.mirrors, learned.rightFirst);
