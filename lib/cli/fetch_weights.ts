import { checkoutFolder } from "../assets/mod.ts";

/**
 * Fetches an embedded model's weights, in a process of its own: the permissions of this one let it talk to model servers
 * only.
 *
 * @param name The model's name, a key of `EMBEDDED_MODELS`.
 * @throws {Error} When they can't be had; the reason has been printed.
 */
export async function fetchWeights(name: string, signal: AbortSignal): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "weights", name],
    cwd: checkoutFolder(),
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const { success } = await child.status;
  signal.throwIfAborted();
  if (!success) throw new Error(`The weights of ${name} could not be fetched; the reason stands above.`);
}
