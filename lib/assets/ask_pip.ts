/** pip as a way to files: it knows the index, proxy, certificate and password that the user has set up. */
import { join } from "node:path";
import { AssetError, reasonOf } from "./asset_error.ts";
import { checkoutFolder } from "./assets_folder.ts";

/** How pip is asked. */
export interface PipOptions {
  /** The Python to use; else the checkout's `.venv`, else `python3` or `python` on PATH. */
  readonly python?: string;
  /** More environment variables for pip, on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** The platform whose wheels are wanted; else this machine's. */
  readonly platform?: string;
  /** Ends pip. */
  readonly signal?: AbortSignal;
}

/** What pip printed, and whether it succeeded. */
export interface PipAnswer {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

// Few retries, for pip's own five take half a minute without a network.
const QUIET = ["--no-input", "--no-color", "--disable-pip-version-check", "--retries=1", "--timeout=15"];

/**
 * Runs pip on wheels with the user's own settings: index, mirror, links, proxy, certificate, password.
 *
 * @param command The words after `pip`.
 * @param rest The arguments after the options that every question has.
 * @param options Which Python, and how.
 * @returns What it printed, whether it succeeded or not.
 * @throws {AssetError} `python` without a Python that has pip.
 */
export async function askPip(
  command: readonly string[],
  rest: readonly string[],
  options: PipOptions = {},
): Promise<PipAnswer> {
  const platform = options.platform === undefined ? [] : [`--platform=${options.platform}`];
  const args = ["-m", "pip", ...command, "--only-binary=:all:", ...platform, ...QUIET, ...rest];
  const refusals: string[] = [];
  for (const python of options.python === undefined ? pythonCandidates() : [options.python]) {
    options.signal?.throwIfAborted();
    const answer = await runPython(python, args, options);
    if (typeof answer === "string") refusals.push(answer);
    else if (/No module named pip/.test(answer.stderr)) refusals.push(`${python} has no pip`);
    else return answer;
  }
  throw new AssetError(
    "python",
    `Cannot run pip: ${refusals.join("; ")}. Install Python 3 with pip and run this again.`,
  );
}

/**
 * What a failed answer of pip means.
 *
 * @param requirement What pip was asked for.
 * @param answer What it said.
 * @returns `offline` when the index doesn't answer, else `source`.
 */
export function pipError(requirement: string, { stderr }: PipAnswer): AssetError {
  if (isOffline(stderr)) {
    return new AssetError(
      "offline",
      `Cannot ask the package index for ${requirement}: it does not answer (${lastLine(stderr)}). ` +
        "Connect to the network (behind a proxy: set HTTPS_PROXY) and run this again; it is fetched only once. Or copy " +
        "the folder .cache/assets from a checkout that has it.",
    );
  }
  return new AssetError(
    "source",
    `Cannot get ${requirement} from the package index: ${lastLine(stderr)}. ` +
      "Check which index pip uses (`python3 -m pip config list`).",
  );
}

/** Whether pip says that it could not reach the index. */
export function isOffline(stderr: string): boolean {
  return /NewConnectionError|ConnectTimeout|ReadTimeout|Connection refused|Max retries|name resolution|ProxyError/i
    .test(stderr);
}

function pythonCandidates(): string[] {
  const inVenv = Deno.build.os === "windows" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return [join(checkoutFolder(), ".venv", ...inVenv), "python3", "python"];
}

/** What Python printed, or why it could not be run. */
async function runPython(python: string, args: string[], { env, signal }: PipOptions): Promise<PipAnswer | string> {
  try {
    const output = await new Deno.Command(python, {
      args,
      stdin: "null",
      ...(env === undefined ? {} : { env: { ...env } }),
      ...(signal === undefined ? {} : { signal }),
    }).output();
    signal?.throwIfAborted();
    const decoder = new TextDecoder();
    return {
      success: output.success,
      stdout: decoder.decode(output.stdout),
      stderr: decoder.decode(output.stderr),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Deno.errors.NotFound) return `${python} was not found`;
    return `${python} can't be run (${reasonOf(error)})`;
  }
}

function lastLine(text: string): string {
  const lines = text.trim().split(/\r?\n/).filter((line) => !line.startsWith("[notice]"));
  return (lines.at(-1) || "pip said nothing").replace(/^ERROR:\s*/, "").replace(/\.$/, "");
}
