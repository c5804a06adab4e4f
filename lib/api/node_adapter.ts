/** Between `node:http` and the web's Request and Response. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { joinBytes } from "../assets/mod.ts";

/** Methods that the web's Request does not take; no address of ours takes them either, nor OPTIONS. */
const FORBIDDEN = ["CONNECT", "TRACE", "TRACK"];

/**
 * The web's request of Node's.
 *
 * @param most of its body is read, in bytes: of a longer one as much as tells that it is too long.
 * @returns the request, and whether all of it was read.
 * @throws {Error} when the client goes away before it has sent all.
 */
export async function requestOf(message: IncomingMessage, most: number): Promise<{ request: Request; whole: boolean }> {
  const { method = "GET", headers, url = "/" } = message;
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]]
  );
  const bytes = await bodyOf(message, most);
  const takesBody = bytes.length > 0 && method !== "GET" && method !== "HEAD";
  const request = new Request(`http://localhost${url.startsWith("/") ? url : "/"}`, {
    method: FORBIDDEN.includes(method) ? "OPTIONS" : method,
    headers: given,
    ...(takesBody && { body: bytes }),
  });
  return { request, whole: bytes.length <= most };
}

function bodyOf(message: IncomingMessage, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  const parts: Uint8Array[] = [];
  let length = 0;
  message.on("data", (part: Uint8Array) => {
    parts.push(part);
    length += part.length;
    if (length <= most) return;
    message.pause();
    resolve(joinBytes(parts));
  });
  message.on("end", () => resolve(joinBytes(parts)));
  message.on("error", reject);
  message.on("close", () => reject(new Error("The client went away before it had sent all")));
  return promise;
}

/** Sends a response: events as they come, all else at once. */
export async function send(response: Response, to: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  if (response.body === null || !headers["content-type"]?.startsWith("text/event-stream")) {
    const bytes = await response.bytes();
    to.writeHead(response.status, { ...headers, "content-length": bytes.length });
    to.end(bytes);
    return;
  }
  to.writeHead(response.status, headers);
  const reader = response.body.getReader();
  to.once("close", () => void reader.cancel().catch(() => {}));
  for (let part = await reader.read(); !part.done && !to.destroyed; part = await reader.read()) to.write(part.value);
  to.end();
}
