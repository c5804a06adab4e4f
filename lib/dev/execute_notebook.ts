import { basename, dirname, join } from "node:path";
import { PYTHON } from "./kernelspec.ts";
import { type Notebook, readNotebook } from "./notebook_file.ts";

/** How a notebook's execution ended. */
export interface Executed {
  /** Which cell failed and how; undefined where all of them passed. */
  failure?: string;
  /** The notebook with what its cells showed; undefined where the kernel did not even start. */
  notebook?: Notebook;
}

/**
 * Executes a copy of a notebook with the real Deno kernel; the file itself stays as it is.
 *
 * @param path Where the notebook is. The kernel works in its folder, as in JupyterLab.
 * @param seconds The longest that one cell may take.
 * @param report Called with each line of progress.
 * @param signal Ends the execution, and the kernel with it.
 * @returns The executed notebook, and what failed.
 */
export async function executeNotebook(
  path: string,
  seconds: number,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<Executed> {
  await Deno.mkdir(".cache", { recursive: true });
  const folder = await Deno.makeTempDir({ dir: ".cache", prefix: "executed-" });
  try {
    const result = join(folder, basename(path));
    const child = new Deno.Command(PYTHON, {
      args: ["lib/dev/execute.py", path, result, dirname(path), String(seconds)],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      ...(signal === undefined ? {} : { signal }),
    }).spawn();
    const [{ success }, errors] = await Promise.all([
      child.status,
      new Response(child.stderr).text(),
      passOn(child.stdout, report),
    ]);
    signal?.throwIfAborted();
    const notebook = await readNotebook(result).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    return {
      ...(notebook === undefined ? {} : { notebook }),
      ...(success ? {} : { failure: failureIn(errors) }),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function passOn(stream: ReadableStream<Uint8Array>, report: (line: string) => void): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) report(line);
  }
  if (rest !== "") report(rest);
}

/** Jupyter's own warnings come first on stderr; what failed comes after them. */
function failureIn(errors: string): string {
  const at = errors.search(/^cell \d+ failed: /m);
  // deno-lint-ignore no-control-regex
  return errors.slice(at === -1 ? 0 : at).replace(/\x1b\[[0-9;]*m/g, "").trim();
}
