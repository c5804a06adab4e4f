import { askPip, isOffline, pipError, type PipOptions } from "./ask_pip.ts";

/**
 * Where a package's wheel can be downloaded. pip itself is asked, so that the user's own index, mirror and links are
 * honoured. It only lists what the index has: `pip install --dry-run` would download the whole wheel to read what it
 * depends on.
 *
 * @param requirement Package and exact version, `"name==version"`.
 * @param sha256 The wheel's own SHA-256, in hexadecimal: which one is meant, should there be several.
 * @param options Which Python, and how.
 * @returns The wheel's address (`http:`, `https:` or `file:`), or nothing when only pip can get it, if anyone can: the
 *   index wants a password, pip is older than 21.2, or its list has no such wheel.
 * @throws {AssetError} `python` without a Python that has pip, `offline` when the index doesn't answer.
 */
export async function wheelAddress(
  requirement: string,
  sha256: string,
  options: PipOptions = {},
): Promise<string | undefined> {
  const [name = requirement, version = ""] = requirement.split("==");
  // Addresses are in what pip says at its most talkative; twice would do, if the user's settings don't quieten it.
  // The wheel is only a container of data: which Python it is for does not matter.
  const answer = await askPip(["index", "versions"], ["-vvvv", "--ignore-requires-python", name], options);
  const wheels = wheelsFound(answer.stdout, version);
  if (wheels.length === 0 && isOffline(answer.stderr)) throw pipError(requirement, answer);
  const exact = wheels.filter(({ hash }) => hash === `#sha256=${sha256}`);
  const candidates = exact.length > 0 ? exact : wheels;
  return (candidates.find(({ protocol }) => protocol === "file:") ?? candidates[0])?.href;
}

/** The wheels of a version among the lines `Found link ADDRESS (from PAGE), version: VERSION`. */
function wheelsFound(log: string, version: string): URL[] {
  return log.split(/\r?\n/).flatMap((line) => {
    const found = /^\s*Found link (\S+?)(?: \(.*\))?, version: (\S+)$/.exec(line);
    const url = found?.[2] === version ? URL.parse(found[1] ?? "") : null;
    // pip prints a password as asterisks.
    return url?.pathname.endsWith(".whl") && !/\*{4}/.test(url.username + url.password) ? [url] : [];
  });
}
