/** How Jupyter in `.venv` finds the Deno that this checkout runs on. */
import { join } from "node:path";

/** The virtual environment's Python, relative to the repository's root. */
export const PYTHON = join(".venv", Deno.build.os === "windows" ? "Scripts/python.exe" : "bin/python");

const KERNEL = ["jupyter", "--kernel", "--conn", "{connection_file}"];

/**
 * How JupyterLab's stop button reaches the kernel. Its signal would kill Deno, and its message ("interrupt_mode":
 * "message") leaves a cell that awaits waiting for ever, with all cells after it (both tried, Deno 2.9.6). So the kernel
 * is started with the signal ignored, and `interruption()` of lib/notebook listens for it: what we await ends with an
 * error, everything else goes on to its own end.
 */
const start = () =>
  Deno.build.os === "windows"
    ? { argv: [Deno.execPath(), ...KERNEL], interrupt_mode: "message" }
    : { argv: ["sh", "-c", 'trap "" INT; exec "$0" "$@"', Deno.execPath(), ...KERNEL], interrupt_mode: "signal" };

/**
 * Makes this Deno the kernel called "deno" in the checkout's virtual environment, and nowhere else. Made anew before
 * every use, because it holds absolute paths: a checkout that was moved goes on working.
 *
 * @returns The kernelspec's folder.
 */
export async function installKernelspec(): Promise<string> {
  const folder = join(".venv", "share", "jupyter", "kernels", "deno");
  const spec = {
    ...start(),
    display_name: "Deno",
    language: "typescript",
    env: {
      DENO_DIR: join(Deno.cwd(), ".cache", "deno"),
      DENO_NO_UPDATE_CHECK: "1",
      NO_COLOR: "1",
      // As in deno.json's tasks: see createEmbedded().
      MALLOC_ARENA_MAX: "1",
    },
  };
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(join(folder, "kernel.json"), JSON.stringify(spec, null, 2) + "\n");
  // A classroom may have no network: JupyterLab asks nobody for news or newer versions.
  const settings = join(".venv", "share", "jupyter", "lab", "settings");
  await Deno.mkdir(settings, { recursive: true });
  const overrides = { "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false } };
  await Deno.writeTextFile(join(settings, "overrides.json"), JSON.stringify(overrides, null, 2) + "\n");
  return folder;
}

if (import.meta.main) await installKernelspec();
