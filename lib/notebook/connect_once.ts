import type { AssetProgress } from "../assets/mod.ts";
import { connect, type Connection } from "../llm/mod.ts";
import { type Live, progress } from "./display.ts";
import { interruption } from "./interruption.ts";

let open: Connection | undefined;

/**
 * Finds the model that answers, as `connect` does, and prints in one line which one it is. A cell may be run again and
 * again: while the same endpoint answers, the open connection is handed out, so that a model is in memory once; where
 * another answers now (OPENAI_BASE_URL was set, Ollama was started), the old one is closed. Nothing needs closing at a
 * notebook's end: the kernel takes the model with it. What was closed all the same is connected anew. JupyterLab's stop
 * button ends what is asked over it.
 *
 * @param find Finds the endpoint (default: `connect`; the download of weights, should there be one, is shown).
 * @returns The connection.
 * @throws {LlmError} When what the settings name explicitly can't be used.
 * @throws {AssetError} When the embedded model's weights can't be had.
 */
export async function connectOnce(find: () => Promise<Connection> = connectVisibly): Promise<Connection> {
  const found = await find();
  if (open?.endpoint.description === found.endpoint.description) await found.close();
  else {
    await open?.close();
    open = forgotten(found);
  }
  console.log([open.endpoint.description, ...open.endpoint.notes].join("\n"));
  return open;
}

/** The connection that is no longer handed out once it is closed. */
function forgotten(connection: Connection): Connection {
  const close = async () => {
    if (open === held) open = undefined;
    await connection.close();
  };
  const held: Connection = { ...connection, interruption, close, [Symbol.asyncDispose]: close };
  return held;
}

async function connectVisibly(): Promise<Connection> {
  let live: Promise<Live> | undefined;
  return await connect({
    signal: interruption(),
    onProgress(step) {
      live = live?.then(async (shown) => (await shown.update(line(step)), shown)) ?? progress(line(step));
    },
  });
}

const line = ({ name, stage, done, total }: AssetProgress) => `${name}: ${stage} ${Math.floor(done / total * 100)} %`;
