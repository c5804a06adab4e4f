/** onnxruntime-node, which is installed apart from the other packages, and what of it is used. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { AssetError, checkoutFolder, type OnAssetProgress, readTextIfAny, withLock } from "../../assets/mod.ts";

/** What this project uses of onnxruntime-node. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: "float32", data: Float32Array, dimensions: readonly number[]) => OnnxTensor;
}

/** A model that can be run. */
export interface OnnxSession {
  run(inputs: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** An array of numbers with its sizes. */
export interface OnnxTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** How the runtime is installed. */
export interface InstallOptions {
  /** Where to (default: `.cache/onnxruntime` in the checkout). */
  readonly folder?: string;
  readonly onProgress?: OnAssetProgress;
  readonly signal?: AbortSignal;
}

// A project of its own, for it is as large as all other packages together and only embeddings need it: `deno.json` there
// says which version, `deno.lock` what its files' checksums are. Its install script, which fetches CUDA, is never run.
const PROJECT = new URL("../onnxruntime/", import.meta.url);
const PROJECT_FILES = ["deno.json", "deno.lock"];

const PACKAGE = "onnxruntime-node";
const DOWNLOAD_BYTES = 113_500_000;

// The platforms that the package holds a library for.
const PLATFORMS = ["x86_64 linux", "aarch64 linux", "aarch64 darwin", "x86_64 windows", "aarch64 windows"];

const runtimeFolder = () => join(checkoutFolder(), ".cache", "onnxruntime");

/**
 * Whether the runtime is installed, in the version that this checkout wants.
 *
 * @param folder Where it would be.
 */
export async function isOnnxRuntimeInstalled(folder: string = runtimeFolder()): Promise<boolean> {
  return await readTextIfAny(join(folder, ".installed")) === await Deno.readTextFile(new URL("deno.lock", PROJECT));
}

/**
 * Installs onnxruntime-node from the npm registry, once: 113 MB to download, 290 MB on disk.
 *
 * @param options Where to and how.
 * @throws {AssetError} `platform` where the package has no library for this machine, `source` where the registry or the
 *   installation fails.
 */
export async function installOnnxRuntime(options: InstallOptions = {}): Promise<void> {
  const { folder = runtimeFolder(), onProgress, signal } = options;
  checkPlatform();
  if (await isOnnxRuntimeInstalled(folder)) return;
  await Deno.mkdir(folder, { recursive: true });
  await withLock(join(folder, ".lock"), async () => {
    if (await isOnnxRuntimeInstalled(folder)) return;
    const progress = (done: number) => onProgress?.({ name: PACKAGE, stage: "download", done, total: DOWNLOAD_BYTES });
    progress(0);
    for (const name of PROJECT_FILES) {
      await Deno.writeTextFile(join(folder, name), await Deno.readTextFile(new URL(name, PROJECT)));
    }
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["install", "--frozen", "--quiet"],
      cwd: folder,
      stdin: "null",
      ...(signal === undefined ? {} : { signal }),
    }).output();
    signal?.throwIfAborted();
    if (!success) {
      const why = new TextDecoder().decode(stderr).trim().split("\n").at(-1) || "deno install said nothing";
      throw new AssetError(
        "source",
        `Cannot install ${PACKAGE}: ${why}. This needs a network that reaches the npm registry, once.`,
      );
    }
    await Deno.copyFile(join(folder, "deno.lock"), join(folder, ".installed"));
    progress(DOWNLOAD_BYTES);
  }, signal);
}

/**
 * Loads the installed runtime.
 *
 * @param folder Where it is.
 * @throws {AssetError} `platform` where there is none for this machine, or what is there can't be loaded.
 */
export function openOnnxRuntime(folder: string = runtimeFolder()): OnnxRuntime {
  checkPlatform();
  try {
    return createRequire(join(folder, "deno.json"))(PACKAGE);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new AssetError(
      "platform",
      `Cannot load ${PACKAGE} on ${Deno.build.target}: ${reason}. ` +
        `If it was installed by halves, delete ${folder} and run this again; else use another retriever.`,
      { cause: error },
    );
  }
}

function checkPlatform(): void {
  const { arch, os, target } = Deno.build;
  if (PLATFORMS.includes(`${arch} ${os}`)) return;
  throw new AssetError(
    "platform",
    `Cannot embed texts on ${target}: ${PACKAGE} has no library for it. Use another retriever, such as char.`,
  );
}
