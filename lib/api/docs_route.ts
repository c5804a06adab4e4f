/** `GET /docs`: a page to try the API at, which needs no network. */
import { createRoute, z } from "@hono/zod-openapi";
import { createRequire } from "node:module";
import type { App } from "./service.ts";
import { PAGE_HEADERS, staticFile } from "./static_file.ts";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pose API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });\n`;

/** A page of ours, as the document tells it. */
export const page = (path: string, summary: string) =>
  createRoute({
    method: "get",
    tags: ["Pages"],
    path,
    summary,
    responses: { 200: { description: "The page", content: { "text/html": { schema: z.string() } } } },
  });

/** `GET /docs`: Swagger UI from node_modules, so that it works offline. The root leads there. */
export function addDocs(app: App): void {
  app.get("/", (c) => c.redirect("/docs"));
  app.openapi(page("/docs", "A page to try the API"), (c) => c.body(PAGE, 200, PAGE_HEADERS));
  const find = createRequire(import.meta.url).resolve;
  for (
    const [name, kind] of [["swagger-ui.css", "css"], ["swagger-ui-bundle.js", "js"], [
      "favicon-32x32.png",
      "png",
    ]] as const
  ) {
    app.get(`/docs/${name}`, () => staticFile(find(`swagger-ui-dist/${name}`), kind));
  }
  app.get("/docs/start.js", (c) => c.body(START, 200, { "content-type": "text/javascript; charset=utf-8" }));
}
