/**
 * The modules of this checkout that a page runs, as an import map: types taken out, each a data address. So the player
 * draws with lib/draw itself, and no build step stands between.
 */
import { Buffer } from "node:buffer";
import { stripTypeScriptTypes } from "node:module";

const LIB = new URL("../../", import.meta.url);
const IMPORT = /import\s*\{([^}]*)\}\s*from\s*"(\.[^"]+)";?/g;

/** What a page imports a module as. */
const nameOf = (url: URL) => `pose/${url.href.slice(LIB.href.length)}`;

/**
 * Collects a module and all that it imports.
 *
 * @param entry a module of lib, in JavaScript or TypeScript, with relative imports only.
 * @returns an import map's `imports`, and the name that the entry has in it.
 * @throws {TypeError} for an import that no module exports.
 */
export async function pageModules(entry: URL): Promise<{ entry: string; imports: Record<string, string> }> {
  const imports: Record<string, string> = {};
  const waiting = [entry];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (nameOf(url) in imports) continue;
    imports[nameOf(url)] = "";
    const text = await Deno.readTextFile(url);
    let code = url.pathname.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
    for (const [statement, names = "", specifier = ""] of code.matchAll(IMPORT)) {
      const wanted = names.split(",").map((name) => name.trim()).filter((name) => name !== "");
      const sources = await sourcesOf(new URL(specifier, url), wanted);
      waiting.push(...sources.keys().map((source) => new URL(source)));
      code = code.replace(
        statement,
        [...sources].map(([source, own]) => `import { ${own.join(", ")} } from "${nameOf(new URL(source))}";`).join(
          " ",
        ),
      );
    }
    code = code.replace(/[ \t]+$/gm, "");
    imports[nameOf(url)] = `data:text/javascript;charset=utf-8;base64,${Buffer.from(code).toString("base64")}`;
  }
  return { entry: nameOf(entry), imports };
}

/** Where names come from: through a `mod.ts` only those modules that define them, not the whole folder. */
async function sourcesOf(url: URL, names: readonly string[]): Promise<Map<string, string[]>> {
  if (!url.pathname.endsWith("/mod.ts")) return new Map(names.length > 0 ? [[url.href, [...names]]] : []);
  const listed = [...(await Deno.readTextFile(url)).matchAll(/export [^"]*from "([^"]+)"/g)]
    .map(([, specifier = ""]) => new URL(specifier, url));
  const sources = new Map<string, string[]>();
  for (const name of names) {
    const plain = name.replace(/ as .*/, "");
    const defines = new RegExp(`^export (?:async )?(?:const|function|class) ${plain}\\b`, "m");
    const texts = await Promise.all(listed.map(async (source) => ({ source, text: await Deno.readTextFile(source) })));
    const found = texts.find(({ text }) => defines.test(text));
    if (found === undefined) throw new TypeError(`Cannot make a page: no module of ${nameOf(url)} exports "${plain}"`);
    sources.set(found.source.href, [...sources.get(found.source.href) ?? [], name]);
  }
  return sources;
}
