/** What the tests of this folder share: a kernel that keeps what it is given. */
import assert from "node:assert/strict";

/** An output as the kernel was given it. */
export interface Shown {
  /** `display_data` or `update_display_data`. */
  readonly type: string;
  /** What later updates name it by; absent where there will be none. */
  readonly id?: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Runs a cell with a kernel that keeps its outputs as the Deno kernel would show them: through JSON. */
export async function shown(cell: () => Promise<unknown>): Promise<Shown[]> {
  const outputs: Shown[] = [];
  const put = (shown: Record<string, unknown>) => {
    outputs.push(JSON.parse(JSON.stringify(shown)));
    return Promise.resolve();
  };
  const kernel = {
    display(data: unknown, options: unknown) {
      assert.deepEqual(options, { raw: true });
      return put({ type: "display_data", data });
    },
    broadcast: (type: string, { data, transient }: { data: unknown; transient: { display_id: string } }) =>
      put({ type, data, id: transient.display_id }),
  };
  Reflect.set(Deno, "jupyter", kernel);
  try {
    await cell();
  } finally {
    Reflect.deleteProperty(Deno, "jupyter");
  }
  return outputs;
}
