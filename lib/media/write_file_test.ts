import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFile } from "./write_file.ts";

/** Runs a test in a folder of its own, whose name has a space and a letter beyond ASCII. */
async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "ж folder " });
  try {
    await test(folder);
  } finally {
    await Deno.chmod(folder, 0o700).catch(() => {});
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("writeFile() makes missing folders and leaves nothing but the file", () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, "a", "b", "x.txt"), "привет");
    assert.deepEqual(names(join(folder, "a", "b")), ["x.txt"]);
    assert.equal(await Deno.readTextFile(join(folder, "a", "b", "x.txt")), "привет");
  }));

Deno.test("writeFile() replaces what is there", () =>
  inFolder(async (folder) => {
    const file = join(folder, "x.bin");
    await writeFile(file, Uint8Array.of(1, 2, 3));
    await writeFile(file, Uint8Array.of(4));
    assert.deepEqual([...await Deno.readFile(file)], [4]);
  }));

Deno.test("writeFile() leaves the old file alone when aborted, and nothing unfinished", () =>
  inFolder(async (folder) => {
    const file = join(folder, "x.txt");
    await writeFile(file, "old");
    await assert.rejects(writeFile(file, "new", AbortSignal.abort()), { name: "AbortError" });
    const controller = new AbortController();
    const writing = writeFile(file, new Uint8Array(30_000_000), controller.signal);
    controller.abort();
    await assert.rejects(writing, { name: "AbortError" });
    assert.deepEqual(names(folder), ["x.txt"]);
    assert.equal(await Deno.readTextFile(file), "old");
  }));

Deno.test("writeFile() names the folder that is a file, and the file that is a folder", () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, "file"), "");
    await assert.rejects(writeFile(join(folder, "file", "x.txt"), ""), (error: Error) => {
      assert.equal(error.name, "WriteError");
      assert.ok(error.message.includes(`"${join(folder, "file")}" is not a folder`), error.message);
      return true;
    });
    await Deno.mkdir(join(folder, "taken"));
    await assert.rejects(writeFile(join(folder, "taken"), ""), {
      name: "WriteError",
      message: /a folder has that name/,
    });
    assert.deepEqual(names(folder), ["file", "taken"]);
  }));

Deno.test({
  name: "writeFile() names a folder that can't be written and what to do",
  // Root may write anywhere; Windows has no such modes.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    inFolder(async (folder) => {
      await Deno.chmod(folder, 0o500);
      await assert.rejects(writeFile(join(folder, "x.txt"), ""), {
        name: "WriteError",
        message: /not writable; choose/,
      });
    }),
});

Deno.test({
  name: "writeFile() names the permission that Deno lacks",
  permissions: { write: false, read: true },
  fn: () => assert.rejects(writeFile("outputs/x.txt", ""), { name: "WriteError", message: /--allow-write="outputs"/ }),
});

Deno.test("writeFile() takes a file in parts; an error among them is thrown as it is, and nothing is left", () =>
  inFolder(async (folder) => {
    const parts = async function* (fails: boolean) {
      yield Uint8Array.of(1, 2);
      await Promise.resolve();
      if (fails) throw new RangeError("no more");
      yield Uint8Array.of(3);
    };
    await writeFile(join(folder, "x.bin"), parts(false));
    assert.deepEqual([...await Deno.readFile(join(folder, "x.bin"))], [1, 2, 3]);
    await assert.rejects(writeFile(join(folder, "y.bin"), parts(true)), { name: "RangeError", message: "no more" });
    assert.deepEqual(names(folder), ["x.bin"]);
  }));

Deno.test({
  name: "writeFile() says that the disk is full, and leaves a device as it was",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const module = new URL("./write_file.ts", import.meta.url).href;
    const script = `import { writeFile } from "${module}"; await writeFile("/dev/full", new Uint8Array(100_000))
      .catch(({ name, message }) => console.log(name, message));
      console.log((await Deno.stat("/dev/full")).isCharDevice);`;
    // Only a process with all permissions may open a device.
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", script] }).output();
    const text = new TextDecoder().decode(stdout);
    assert.match(text, /^WriteError Cannot write "\/dev\/full": the disk is full.*\ntrue\n$/);
  },
});
