import { join } from "node:path";
import { freePort } from "../free_port.ts";
import { PYTHON } from "../kernelspec.ts";

/** A JupyterLab on copies of the notebooks. */
export interface Lab extends AsyncDisposable {
  /** Where it is, without a token. */
  readonly base: string;
  readonly token: string;
  /** The folder that it serves: a copy of the checkout's, as far as notebooks look into it. */
  readonly root: string;
}

/** What notebooks read from beside their folder. */
const COPIED = ["notebooks", "poses", "outputs/showcase"];

const START_SECONDS = 60;

/**
 * Starts JupyterLab with the Deno kernel on a free port of this machine, on a copy of the notebooks inside the checkout:
 * what is saved there changes no committed file. Its end is the disposal, which ends all kernels and removes the copy.
 *
 * @throws {Error} when it does not answer in time: with what it said.
 */
export async function startLab(): Promise<Lab> {
  await Deno.mkdir(".cache", { recursive: true });
  const root = await Deno.makeTempDir({ dir: ".cache", prefix: "lab-" });
  for (const folder of COPIED) await copyFolder(folder, join(root, folder));
  const port = freePort();
  const token = crypto.randomUUID();
  const own = (name: string) => `${Deno.cwd()}/${root}/.jupyter/${name}`;
  const child = new Deno.Command(PYTHON, {
    args: [
      ...["-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`],
      ...[`--ServerApp.root_dir=${root}`, `--IdentityProvider.token=${token}`, "--ServerApp.port_retries=0"],
      "--MultiKernelManager.default_kernel_name=deno",
    ],
    env: {
      JUPYTER_CONFIG_DIR: own("config"),
      JUPYTER_DATA_DIR: own("data"),
      JUPYTER_RUNTIME_DIR: own("runtime"),
      JUPYTERLAB_SETTINGS_DIR: own("settings"),
      JUPYTERLAB_WORKSPACES_DIR: own("workspaces"),
      IPYTHONDIR: own("ipython"),
    },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let said = "";
  const listening = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) said = (said + text).slice(-4000);
  })();
  const base = `http://127.0.0.1:${port}`;
  const lab: Lab = {
    base,
    token,
    root,
    async [Symbol.asyncDispose]() {
      // Asked by SIGTERM, it ends its kernels first.
      try {
        child.kill("SIGTERM");
      } catch { /* It has ended by itself. */ }
      await child.status;
      await listening;
      await Deno.remove(root, { recursive: true });
    },
  };
  const late = performance.now() + START_SECONDS * 1000;
  while (!await answers(`${base}/api/status?token=${token}`)) {
    const ended = await Promise.race([child.status, new Promise<void>((resolve) => setTimeout(resolve, 200))]);
    if (!ended && performance.now() < late) continue;
    await lab[Symbol.asyncDispose]();
    throw new Error(`JupyterLab does not answer on port ${port}. It said:\n${said}`);
  }
  return lab;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (name.startsWith(".")) continue;
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}
