/** Files that pages consist of: a fixed list, read once each; no name comes from a client. */

const TYPES = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  png: "image/png",
} as const;

/** Nothing from elsewhere, and no script but the page's own files. */
export const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
} as const;

const read = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/**
 * Answers with a file.
 *
 * @param path of a file of ours. @param extension its kind.
 */
export async function staticFile(path: string, extension: keyof typeof TYPES): Promise<Response> {
  const bytes = read.get(path) ?? Deno.readFile(path);
  read.set(path, bytes);
  return new Response(await bytes, { headers: { "content-type": TYPES[extension], "cache-control": "max-age=3600" } });
}
