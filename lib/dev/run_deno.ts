/** How a command ended and what it printed. */
export interface Ran {
  code: number;
  /** Both streams, in the order in which they came, without colours. */
  output: string;
}

/**
 * Runs a `deno` subcommand with the Deno that runs this one.
 *
 * @param args The subcommand and its arguments.
 * @param options.live Whether to pass on what it prints, as it prints it.
 * @param options.env Environment variables to add.
 * @returns The exit code, and everything that it printed.
 */
export async function runDeno(
  args: readonly string[],
  options: { live?: boolean; env?: Record<string, string> } = {},
): Promise<Ran> {
  const colours: Record<string, string> = options.live && Deno.stdout.isTerminal()
    ? { FORCE_COLOR: "1" }
    : { NO_COLOR: "1" };
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...colours, ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();

  let output = "";
  const collect = async (from: ReadableStream<Uint8Array>, to: { write(bytes: Uint8Array): Promise<number> }) => {
    const decoder = new TextDecoder();
    for await (const bytes of from) {
      output += decoder.decode(bytes, { stream: true });
      for (let sent = 0; options.live && sent < bytes.length;) sent += await to.write(bytes.subarray(sent));
    }
    output += decoder.decode();
  };
  const [{ code }] = await Promise.all([
    child.status,
    collect(child.stdout, Deno.stdout),
    collect(child.stderr, Deno.stderr),
  ]);
  // deno-lint-ignore no-control-regex
  return { code, output: output.replace(/\x1b\[[0-9;]*m/g, "") };
}
