/** What a notebook shows: the bridge to the Deno kernel, and a line on the console where there is none. */

/** One output in several forms, by media type: text, base64, or JSON; a front end takes the one that it shows best. */
export type Bundle = Readonly<Record<string, string | object>>;

interface Kernel {
  display(bundle: Bundle, options: { raw: true }): Promise<void>;
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** The Deno kernel's own side; undefined outside a notebook. */
export function kernel(): Kernel | undefined {
  try {
    return Reflect.get(Deno, "jupyter") as Kernel | undefined;
  } catch {
    // Outside a notebook `deno run` throws at the mere mention of it.
    return undefined;
  }
}

/** Puts an output below the cell that runs. Outside a notebook its plain text is printed. */
export async function display(bundle: Bundle): Promise<void> {
  const jupyter = kernel();
  if (jupyter) await jupyter.display(bundle, { raw: true });
  else console.log(bundle["text/plain"] ?? Object.keys(bundle).join(", "));
}

/** An output that changes in place. */
export interface Live {
  /** Shows this in its place. */
  update(text: string): Promise<void>;
}

/**
 * Shows a line of text that later lines take the place of: progress.
 *
 * @param text the first line.
 */
export async function progress(text: string): Promise<Live> {
  const jupyter = kernel();
  if (!jupyter) {
    console.log(text);
    return { update: (next) => Promise.resolve(console.log(next)) };
  }
  const transient = { display_id: crypto.randomUUID() };
  const put = (type: string, line: string) =>
    jupyter.broadcast(type, { data: { "text/plain": line }, metadata: {}, transient });
  await put("display_data", text);
  return { update: (next) => put("update_display_data", next) };
}
