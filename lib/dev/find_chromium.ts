import { onPath } from "./on_path.ts";

/** What Chromium and Chrome are called by those who package them. */
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where a Chromium is that Playwright can drive; undefined where PATH has none. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of NAMES) {
    const found = await onPath(name);
    if (found !== undefined) return found;
  }
}
