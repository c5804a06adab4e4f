/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */

/** Sends an event with its data as JSON; does nothing once the client has gone. */
export type Send = (event: string, data: unknown) => void;

/**
 * A response of events.
 *
 * @param gone the client's signal. @param tell sends events until it settles; its signal aborts when the client goes.
 */
export function eventStream(
  gone: AbortSignal,
  tell: (signal: AbortSignal, send: Send) => Promise<void>,
): Response {
  const cancelled = new AbortController();
  const signal = AbortSignal.any([gone, cancelled.signal]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async start(controller) {
      await tell(signal, (event, data) => {
        if (!cancelled.signal.aborted) {
          controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
        }
      });
      if (!cancelled.signal.aborted) controller.close();
    },
    cancel: () => cancelled.abort(new DOMException("The client went away", "AbortError")),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
}
