/** A real HTTP server and a small file to fetch from it, for the tests of this folder. */
import { createHash } from "node:crypto";
import type { Asset } from "./asset.ts";

export const BYTES = 300_000;
export const CONTENT = Uint8Array.from({ length: BYTES }, (_, i) => (i * 31 + (i >> 8) * 7) & 255);
export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export interface Seen {
  readonly range: string | null;
}

/** A real HTTP server on this machine, and a fresh cache folder, for the time of one test. */
export async function withServer(
  answer: (request: Request, count: number) => Response | Promise<Response>,
  test: (place: { url: string; folder: string; seen: Seen[]; asset: Asset }) => Promise<void>,
) {
  const seen: Seen[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    seen.push({ range: request.headers.get("range") });
    return answer(request, seen.length);
  });
  const folder = await Deno.makeTempDir();
  const url = `http://127.0.0.1:${server.addr.port}/weights.bin`;
  const asset: Asset = { name: "weights.bin", sha256: sha256(CONTENT), bytes: BYTES, licence: "MIT", source: { url } };
  try {
    await test({ url, folder, seen, asset });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Serves bytes as a file server does: with Range. */
export function serve(bytes: Uint8Array<ArrayBuffer>, request: Request): Response {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
  if (from === 0) return new Response(bytes);
  const headers = { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
  return new Response(bytes.subarray(from), { status: 206, headers });
}

/** An answer that announces all of the bytes, and whose connection breaks off after some of them. */
export function cutAfter(bytes: Uint8Array<ArrayBuffer>, count: number, init: ResponseInit = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, count));
      controller.close();
    },
  });
  return new Response(body, { ...init, headers: { ...init.headers, "content-length": `${bytes.length}` } });
}

/** What stands in the folder under a name of its own: neither hidden nor a part. */
export async function finished(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith(".") && !name.endsWith(".part")) names.push(name);
  }
  return names;
}

export const quickly = { retryDelayMs: 5 };
