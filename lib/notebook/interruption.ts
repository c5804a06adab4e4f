/** JupyterLab's stop button. */
import { kernel } from "./display.ts";

let stop = new AbortController();
let listens = false;

/**
 * The signal that aborts when the notebook is next interrupted; it goes to what takes long and should end then. The
 * kernel ignores the button's SIGINT (lib/dev/kernelspec.ts), so that it and its variables always live on. Outside a
 * notebook nothing is listened for: there Ctrl-C ends the program.
 */
export function interruption(): AbortSignal {
  if (!listens && kernel()) {
    listens = true;
    Deno.addSignalListener("SIGINT", () => {
      stop.abort(new DOMException("Interrupted: the variables are kept", "AbortError"));
      stop = new AbortController();
    });
  }
  return stop.signal;
}
