/** Everything that notebooks and other programs use: `import { … } from "lib"`. */
export * from "./text/mod.ts";
export * from "./assets/mod.ts";
export * from "./skeleton/mod.ts";
export * from "./notation/mod.ts";
export * from "./describe/mod.ts";
export * from "./library/mod.ts";
export * from "./retrieve/mod.ts";
export * from "./motion/mod.ts";
export * from "./draw/mod.ts";
export * from "./media/mod.ts";
export * from "./llm/mod.ts";
export * from "./agent/mod.ts";
export * from "./api/mod.ts";
export * from "./notebook/mod.ts";
