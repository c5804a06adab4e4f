import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that this file lies in. */
export function checkoutFolder(): string {
  return fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
}

/** Where assets are kept unless a caller says otherwise: `.cache/assets` inside the checkout. */
export function assetsFolder(): string {
  return join(checkoutFolder(), ".cache", "assets");
}
