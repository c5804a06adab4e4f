/** Where a line of the module came from: which code cell, counted from 1, and which of its lines, counted from 1. */
export interface Origin {
  cell: number;
  line: number;
}

/** A notebook's code cells as one module. */
export interface CellsModule {
  code: string;
  /** The origin of every line of `code`; undefined where the line was added. */
  origins: (Origin | undefined)[];
}

/** A static import at the start of a line; an `import(…)` is an expression and is not meant. */
const IMPORT =
  /^import\s+(?:(?<clause>[\w$*{][^"';]*?)\s+from\s+)?(?<quote>["'])(?<specifier>[^"'\n]+)\k<quote>[^\S\n]*;?/gm;

const DYNAMIC_IMPORT = /\bimport\(\s*(["'])(\.{1,2}\/[^"'\n]*)\1/g;

/**
 * Puts a notebook's code cells into one module that `deno check` understands.
 *
 * A later cell may declare a name again, as the kernel allows, and it sees what earlier cells declared. Nested blocks say
 * just that, so every cell is a block inside the one before it. Static imports can't stand in a block: they move to the
 * top, each binding once. Two things that the kernel takes are refused here, because they confuse a reader too: one
 * name imported from two modules, and `const x = f(x)` over an earlier cell's `x`.
 *
 * @param cells The sources of the code cells, in their order.
 * @param rebase Gives a relative specifier as it has to be written where the module will stand.
 * @returns The module, and where each of its lines came from.
 * @throws {SyntaxError} If two cells import different things under one name.
 */
export function cellsModule(cells: readonly string[], rebase: (specifier: string) => string): CellsModule {
  const head: string[] = ["export {};"];
  const headOrigins: (Origin | undefined)[] = [undefined];
  const body: string[] = [];
  const bodyOrigins: (Origin | undefined)[] = [];
  const imported = new Map<string, { from: string; cell: number }>();
  const place = (specifier: string) => specifier.startsWith(".") ? rebase(specifier) : specifier;

  cells.forEach((source, index) => {
    const cell = index + 1;
    const rest = source.replace(IMPORT, (statement, ...found) => {
      const offset = found.at(-3) as number;
      const { clause, specifier } = found.at(-1) as { clause?: string; specifier: string };
      const line = source.slice(0, offset).split("\n").length;
      const target = JSON.stringify(place(specifier));
      const bindings = clause === undefined ? [""] : bindingsOf(clause);
      for (const binding of bindings) {
        const from = `${binding} from ${target}`;
        const name = binding === "" ? from : localName(binding);
        const earlier = imported.get(name);
        if (earlier?.from === from) continue;
        if (earlier !== undefined) {
          throw new SyntaxError(
            `Cannot check cell ${cell}: it imports "${name}" differently from cell ${earlier.cell}; import it once, or under another name`,
          );
        }
        imported.set(name, { from, cell });
        head.push(binding === "" ? `import ${target};` : `import ${binding} from ${target};`);
        headOrigins.push({ cell, line });
      }
      return statement.replace(/[^\n]/g, " ");
    }).replace(DYNAMIC_IMPORT, (_, quote: string, specifier: string) => `import(${quote}${rebase(specifier)}${quote}`);

    body.push("{");
    bodyOrigins.push(undefined);
    rest.split("\n").forEach((text, at) => {
      body.push(text);
      bodyOrigins.push({ cell, line: at + 1 });
    });
  });
  body.push("}".repeat(cells.length));
  bodyOrigins.push(undefined);
  return { code: [...head, ...body, ""].join("\n"), origins: [...headOrigins, ...bodyOrigins] };
}

/** `a, { b, type C as D }` as `["a", "{ b }", "{ type C as D }"]`, so that each can be had once. */
function bindingsOf(clause: string): string[] {
  const flat = clause.replace(/\s+/g, " ").trim();
  const typeOnly = /^type (?=[{*\w])(?!from\b)/.test(flat);
  const bare = typeOnly ? flat.slice("type ".length) : flat;
  const named = /\{(.*)\}/.exec(bare);
  const bindings = bare.replace(/\{.*\}/, "").split(",").map((part) => part.trim()).filter((part) => part !== "");
  const all = bindings.map((binding) => (typeOnly ? `type ${binding}` : binding));
  for (const part of named?.[1]?.split(",") ?? []) {
    const name = part.trim();
    if (name === "") continue;
    all.push(typeOnly && !name.startsWith("type ") ? `{ type ${name} }` : `{ ${name} }`);
  }
  return all;
}

/** The name that a binding declares: `D` for `{ type C as D }`. */
function localName(binding: string): string {
  return /([\w$]+)(?: \})?$/.exec(binding)?.[1] ?? binding;
}
