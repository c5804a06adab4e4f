/**
 * Runs Schemathesis over the Pose API, `make fuzz`: it starts the API on a free port and makes up requests, good and bad,
 * from the document. Arguments go to Schemathesis: `make fuzz ARGS="--max-examples 20"`.
 *
 * @module
 */
import { resolve } from "node:path";
import { RETRIEVERS } from "../retrieve/mod.ts";
import { startApi } from "./api_load.ts";

/** What it keeps of its runs comes into the folder that it runs in. */
const FOLDER = ".cache/schemathesis";

await using api = await startApi();
// Retrievers are loaded at their first search, which may take longer than a request made up by a machine waits.
for (const retriever of RETRIEVERS) {
  const body = JSON.stringify({ query: "arms up", retriever });
  const response = await fetch(`${api.url}/poses/search`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  await response.body?.cancel();
}
const { code } = await new Deno.Command(resolve(FOLDER, "bin/schemathesis"), {
  args: ["--config-file", resolve("lib/dev/schemathesis.toml"), "run", `${api.url}/openapi.json`, ...Deno.args],
  cwd: FOLDER,
}).spawn().status;
Deno.exitCode = code;
