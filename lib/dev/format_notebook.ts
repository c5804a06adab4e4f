/**
 * A notebook's text as `deno fmt` would have it. (`deno fmt --check` calls every notebook that tells its language
 * unformatted, and formats it to the same bytes.)
 *
 * @throws {SyntaxError} where it can't be formatted.
 */
export async function formatNotebook(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext=ipynb", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const [output] = await Promise.all([
    child.output(),
    writer.write(new TextEncoder().encode(text)).then(() => writer.close()),
  ]);
  if (output.success) return new TextDecoder().decode(output.stdout);
  throw new SyntaxError(`Cannot format a notebook: ${new TextDecoder().decode(output.stderr).trim()}`);
}
