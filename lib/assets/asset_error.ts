/**
 * Why an asset could not be had:
 *
 * - `offline`: nothing answers, and there is no cached copy
 * - `cut`: the download broke off again and again; what came is kept and the next run goes on from there
 * - `checksum`: what came is not what was asked for; it has been deleted
 * - `source`: the server or the package index answers that it has no such file
 * - `write`: the cache folder can't be written (permissions, a full disk)
 * - `python`: no Python with pip, which is asked for wheels
 * - `platform`: there is none for this machine
 */
export type AssetErrorCode = "offline" | "cut" | "checksum" | "source" | "write" | "python" | "platform";

/** An asset could not be fetched, checked or stored. The message names it, says why and what to do. */
export class AssetError extends Error {
  /** Tells it apart where classes can't. */
  override readonly name = "AssetError";

  /**
   * Says what failed, to people and to programs.
   *
   * @param code What kind of failure it is, for programs.
   * @param message What was being done, why it failed and what to do, for people.
   * @param options The underlying error as `cause`.
   */
  constructor(readonly code: AssetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The message of anything thrown, for use inside a longer sentence: no full stop at its end. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\.\s*$/, "");
}
