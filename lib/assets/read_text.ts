/**
 * Reads a text file that may not be there.
 *
 * @param path The file.
 * @returns Its text, or undefined where there is no such file.
 */
export async function readTextIfAny(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
