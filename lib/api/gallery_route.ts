/** `GET /gallery`: a page of all poses. */
import { fileURLToPath } from "node:url";
import type { LibraryPose } from "../library/mod.ts";
import { escapeHtml } from "../text/mod.ts";
import { page } from "./docs_route.ts";
import type { App, Service } from "./service.ts";
import { PAGE_HEADERS, staticFile } from "./static_file.ts";

/** Themes in Russian; in English they are called as in the files. */
const THEMES: Readonly<Record<string, string>> = {
  arms: "руки",
  balance: "равновесие",
  dance: "танец",
  emotions: "чувства",
  everyday: "каждый день",
  exercise: "упражнения",
  floor: "на полу",
  gestures: "жесты",
  greetings: "приветствия",
  hands_on_body: "руки на теле",
  jumps: "прыжки",
  kneeling: "на коленях",
  legs: "ноги",
  sitting: "сидя",
  sports: "спорт",
  work: "работа",
  yoga: "йога",
};

/** A text in both languages, of which the page shows one. */
const both = (en: string, ru: string) =>
  `<span class="en" lang="en">${escapeHtml(en)}</span><span class="ru" lang="ru">${escapeHtml(ru)}</span>`;

const figure = ({ id, describe }: LibraryPose) => {
  const [en = id] = describe.en;
  const [ru = id] = describe.ru;
  return `<figure data-id="${id}"><a href="/poses/${id}"><img loading="lazy" width="160" height="160" alt="${
    escapeHtml(en)
  }" ` +
    `src="/poses/${id}/picture?size=240"></a><figcaption><b>${id.replaceAll("_", "_<wbr>")}</b>${
      both(en, ru)
    }</figcaption></figure>`;
};

/** The page: all poses by theme, and a search. */
function galleryPage(poses: readonly LibraryPose[], longest: number): string {
  const themes = [...Map.groupBy(poses, ({ theme }) => theme)].sort(([a], [b]) => a.localeCompare(b));
  const links = themes.map(([theme, some]) =>
    `<a href="#${theme}">${both(theme.replaceAll("_", " "), THEMES[theme] ?? theme)} <small>${some.length}</small></a>`
  );
  const sections = themes.map(([theme, some]) =>
    `<section id="${theme}"><h2>${both(theme.replaceAll("_", " "), THEMES[theme] ?? theme)}</h2>\n` +
    `<div class="grid">\n${some.map(figure).join("\n")}\n</div></section>`
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${poses.length} poses</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/gallery/gallery.css">
<script type="module" src="/gallery/gallery.js"></script>
</head>
<body>
<header>
<h1>${both(`${poses.length} poses`, `Позы: ${poses.length}`)}</h1>
<form role="search">
<input type="search" name="query" maxlength="${longest}" autocomplete="off" aria-label="Search" placeholder="hands on the hips · руки на поясе">
<button>${both("Find", "Найти")}</button>
</form>
<button id="language" type="button" aria-label="Language">${both("Русский", "English")}</button>
</header>
<section id="found" hidden><p role="status"></p><div class="grid"></div></section>
<nav>${links.join("\n")}</nav>
${sections.join("\n")}
</body>
</html>
`;
}

/** `GET /gallery`. */
export function addGallery(app: App, { library, limits }: Service): void {
  let html: string | undefined;
  app.openapi(
    page("/gallery", "All poses, with a search"),
    (c) => c.body(html ??= galleryPage(library.poses, limits.characters), 200, PAGE_HEADERS),
  );
  for (const kind of ["css", "js"] as const) {
    const path = fileURLToPath(new URL(`gallery/gallery.${kind}`, import.meta.url));
    app.get(`/gallery/gallery.${kind}`, () => staticFile(path, kind));
  }
}
