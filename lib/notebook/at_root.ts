import { fileURLToPath } from "node:url";

/**
 * Where a file of this checkout is, from whichever folder a notebook runs.
 *
 * @param path Relative to the checkout, as `outputs/dance.gif`.
 */
export const atRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
