import assert from "node:assert/strict";

/** A text's numbers as English writes them, each once. */
function numbersIn(text: string, russian: boolean): Set<string> {
  const bare = text.replace(/\]\([^)]*\)|\w+\.ipynb/g, "");
  const plain = russian
    ? bare.replace(/(?<=\d)[  ](?=\d{3}(?!\d))/g, "").replace(/(?<=\d),(?=\d)/g, ".")
    : bare.replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  return new Set(plain.match(/\d+(?:\.\d+)*/g));
}

Deno.test("README.ru.md has no figure that README.md does not have", async () => {
  const [english, russian] = await Promise.all(["README.md", "README.ru.md"].map((path) => Deno.readTextFile(path)));
  const known = numbersIn(english ?? "", false);
  assert.deepEqual([...numbersIn(russian ?? "", true)].filter((number) => !known.has(number)), []);
});
