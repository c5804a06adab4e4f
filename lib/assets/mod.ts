/**
 * Weights and other large files: fetched once, resumed after a cut, checked by SHA-256, kept in the checkout.
 *
 * @module
 */
export type { PipOptions } from "./ask_pip.ts";
export type {
  Asset,
  AssetProgress,
  OnAssetProgress,
  PartsSource,
  PypiSource,
  RewrittenSource,
  UrlSource,
} from "./asset.ts";
export { AssetError, type AssetErrorCode } from "./asset_error.ts";
export type { RetryOptions } from "./download.ts";
export { assetsFolder, checkoutFolder } from "./assets_folder.ts";
export { fetchAsset, type FetchAssetOptions, isCached, removeAsset } from "./fetch_asset.ts";
export { joinBytes } from "./join_bytes.ts";
export { readTextIfAny } from "./read_text.ts";
export { withLock } from "./with_lock.ts";
