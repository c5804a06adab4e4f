import type { PoseApiAddress } from "../agent/mod.ts";
import { createPoseApi, servePoseApi } from "../api/mod.ts";
import type { Library } from "../library/mod.ts";

let open: { readonly library: Library; readonly address: Promise<PoseApiAddress> } | undefined;

/**
 * Serves the Pose API on a free port of this machine while the notebook's kernel runs. A cell may be run again and again:
 * the same library is served once.
 *
 * @returns Where it is; tools call it there, and so can any other client.
 * @throws {Error} when nothing can listen on this machine.
 */
export function openPoseApi(library: Library): Promise<PoseApiAddress> {
  if (open?.library === library) return open.address;
  const address = serve(library);
  open = { library, address };
  address.catch(() => open = undefined);
  return address;
}

async function serve(library: Library): Promise<PoseApiAddress> {
  const api = await createPoseApi({ library });
  const { promise, resolve, reject } = Promise.withResolvers<PoseApiAddress>();
  const { signal } = new AbortController();
  servePoseApi(api, { port: 0, signal, onListen: ({ url }) => resolve({ base: url }) }).catch(reject);
  return await promise;
}
