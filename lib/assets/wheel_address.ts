import { join } from "node:path";
import { AssetError, reasonOf } from "./asset_error.ts";
import { checkoutFolder } from "./assets_folder.ts";

/** How pip is asked. */
export interface WheelAddressOptions {
  /** The Python to use; else the checkout's `.venv`, else `python3` or `python` on PATH. */
  readonly python?: string;
  /** More environment variables for pip, on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

const OFFLINE =
  /NewConnectionError|ConnectTimeout|ReadTimeout|Connection refused|Max retries|name resolution|ProxyError/i;

/**
 * Where a package's wheel can be downloaded. pip itself is asked, so that the user's own index, mirror and proxy are
 * honoured; nothing is installed.
 *
 * @param requirement Package and exact version, `"name==version"`.
 * @param options Which Python, and how.
 * @returns The wheel's address.
 * @throws {AssetError} `python` without a Python that has pip ≥ 22.2, `offline` when the index doesn't answer, `source`
 *   when it has no such wheel.
 */
export async function wheelAddress(requirement: string, options: WheelAddressOptions = {}): Promise<string> {
  const refusals: string[] = [];
  for (const python of options.python === undefined ? pythonCandidates() : [options.python]) {
    options.signal?.throwIfAborted();
    const answer = await askPip(python, requirement, options);
    if (typeof answer === "string") {
      refusals.push(answer);
    } else if (answer.success) {
      return addressInReport(answer.stdout, requirement);
    } else if (/No module named pip|no such option/i.test(answer.stderr)) {
      refusals.push(`${python} has no pip, or one older than 22.2`);
    } else if (OFFLINE.test(answer.stderr)) {
      throw new AssetError(
        "offline",
        `Cannot ask the package index for ${requirement}: it does not answer (${lastLine(answer.stderr)}). ` +
          "Connect to the network and run this again; it is fetched only once.",
      );
    } else {
      throw new AssetError(
        "source",
        `Cannot find ${requirement} in the package index: ${lastLine(answer.stderr)}. ` +
          "Check which index pip uses (`python3 -m pip config list`).",
      );
    }
  }
  throw new AssetError(
    "python",
    `Cannot ask pip for ${requirement}: ${refusals.join("; ")}. Install Python 3 with pip and run this again.`,
  );
}

function pythonCandidates(): string[] {
  const inVenv = Deno.build.os === "windows" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return [join(checkoutFolder(), ".venv", ...inVenv), "python3", "python"];
}

/** What pip printed, or why it could not be asked. */
async function askPip(python: string, requirement: string, { env, signal }: WheelAddressOptions) {
  // --dry-run resolves without installing; few retries, for pip's own five take half a minute without a network.
  const args = ["-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps", "--only-binary=:all:"];
  args.push("--disable-pip-version-check", "--retries=1", "--timeout=15", "--quiet", "--report=-", requirement);
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

function addressInReport(stdout: string, requirement: string): string {
  try {
    const report = JSON.parse(stdout.slice(stdout.indexOf("{")));
    const url: unknown = report.install[0].download_info.url;
    if (typeof url === "string") return url;
  } catch {
    // Said below, with what pip printed.
  }
  throw new AssetError(
    "source",
    `Cannot read pip's report on ${requirement}: it begins ${JSON.stringify(stdout.slice(0, 80))}. Update pip.`,
  );
}

function lastLine(text: string): string {
  const lines = text.trim().split("\n").filter((line) => !line.startsWith("[notice]"));
  return (lines.at(-1) ?? "pip said nothing").replace(/^ERROR:\s*/, "").replace(/\.$/, "");
}
