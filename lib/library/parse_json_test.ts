import assert from "node:assert/strict";
import { parseJson } from "./parse_json.ts";

const said = (text: string): string => {
  try {
    parseJson(text);
  } catch (error) {
    return error instanceof SyntaxError ? error.message : assert.fail(String(error));
  }
  return "";
};

Deno.test("parseJson() tells line, column and what is wrong, in plain words", () => {
  const cases: [string, RegExp][] = [
    ['{\n  "a": 1,\n}', /^line 3, column 1: is not JSON: nothing follows the comma before "}": take it out$/],
    ['{"a": [\n1,\n2,\n  ]}', /^line 4, column 3: .*the comma before "]"/],
    ['{"a": 1\n "b": 2}', /^line 2, column 2: .*Expected "," or "}" after property value/],
    ['{\n"a": “x”}', /^line 2, column 6: .*straight double quotes/],
    ["{'a': 1}", /^line 1, column 2: .*straight double quotes/],
    ["{a: 1}", /^line 1, column 2: .*a key in double quotes is missing before a/],
    ['{"a": tru}', /^line 1, column 10: .*} is not expected here/],
    ['// x\n{"a": 1}', /^line 1, column 1: .*no comments/],
    ['{"a": [1, 2', /^line 1, column 12: .*ends too early/],
    ['{"a": "x', /ends too early/],
    ["", /it is empty/],
  ];
  for (const [text, message] of cases) assert.match(said(text), message, text);
});

Deno.test("parseJson() finds the character after which a text is no beginning of JSON any more", () => {
  const good = '{"a": ["x", -1.5, true, null, {"b": {}}], "c": "ж"}';
  assert.deepEqual(parseJson(good), JSON.parse(good));
  for (let at = 0; at < good.length; at++) {
    if (/["\w.\-жx]/.test(good[at] ?? "") || /\w/.test(good[at - 1] ?? "")) continue;
    const message = said(`${good.slice(0, at)}@${good.slice(at)}`);
    if (message !== "") assert.match(message, new RegExp(`^line 1, column ${at + 1}: `), `${at}`);
  }
});
