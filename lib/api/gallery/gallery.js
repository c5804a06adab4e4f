/** The gallery's script: which language is shown, and the search. Runs in a browser, as it is. */

const body = document.body;
const found = document.querySelector("#found");
const status = found.querySelector("p");
const grid = found.querySelector(".grid");
const form = document.querySelector("form");

const russian = (on) => {
  body.classList.toggle("russian", on);
  document.documentElement.lang = on ? "ru" : "en";
};
const asked = new URLSearchParams(location.search);
russian((asked.get("language") ?? navigator.language).startsWith("ru"));
document.querySelector("#language").addEventListener("click", () => russian(!body.classList.contains("russian")));

/** An element with a class, attributes and children or text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const both = (en, ru) => [element("span", { class: "en" }, en), element("span", { class: "ru" }, ru)];

function figure({ id, description, score }) {
  const img = element("img", { width: 160, height: 160, alt: description, src: `/poses/${id}/picture?size=240` });
  const caption = element(
    "figcaption",
    {},
    element("b", {}, ...id.split(/(?<=_)/).flatMap((part) => [part, element("wbr", {})])),
    `${description} `,
    element("small", {}, score.toFixed(2)),
  );
  return element("figure", {}, element("a", { href: `/poses/${id}` }, img), caption);
}

const post = (path, value) =>
  fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(value) });

/** The picture of a pose that no file holds. */
async function composedFigure(pose) {
  const picture = await (await post("/visualize", { pose, width: 240 })).blob();
  const img = element("img", { width: 160, height: 160, alt: "", src: URL.createObjectURL(picture) });
  return element("figure", {}, img, element("figcaption", {}, ...both("made of these words", "сложена из этих слов")));
}

async function search(query) {
  found.hidden = false;
  status.replaceChildren(...both("Searching …", "Ищу …"));
  const response = await post("/poses/search", { query, k: 12 });
  const answer = await response.json();
  if (!response.ok) {
    status.replaceChildren(answer.detail);
    grid.replaceChildren();
    return;
  }
  const { answered, results, composed, retriever } = answer;
  const figures = results.map(figure);
  if (composed) figures.unshift(await composedFigure(composed));
  grid.replaceChildren(...figures);
  status.replaceChildren(
    ...(answered
      ? both(
        `Found for “${query}”, best first (${retriever}):`,
        `Найдено по запросу «${query}», лучшее впереди (${retriever}):`,
      )
      : both(`No pose is near to “${query}”. The nearest:`, `Похожей на «${query}» позы нет. Ближайшие:`)),
  );
}

let latest = 0;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const query = new FormData(form).get("query").trim();
  if (query === "") {
    found.hidden = true;
    return;
  }
  const mine = ++latest;
  try {
    await search(query);
  } catch {
    if (mine === latest) status.replaceChildren(...both("The server does not answer.", "Сервер не отвечает."));
  }
  found.scrollIntoView({ behavior: "smooth", block: "start" });
});

if (asked.get("query")) {
  form.elements.namedItem("query").value = asked.get("query");
  form.requestSubmit();
}
