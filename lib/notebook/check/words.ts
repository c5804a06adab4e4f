/** What a check says, in the language of the exercise. */

const listed = (words: readonly string[]) => words.map((word) => `"${word}"`).join(", ");

const SECONDS = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const SEKUNDY = new Intl.NumberFormat("ru", { maximumFractionDigits: 1 });

/** Library messages are English; what a student meets most is told in Russian. */
const RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/unknown key/g, "неизвестный ключ"],
  [/did you mean/g, "может быть,"],
  [/is missing: .*$/g, "не хватает"],
  [/The library has no pose "([^"]*)": (nearest are )?/g, 'в библиотеке нет позы "$1": '],
  [
    /must be a direction and a level.*$/g,
    "нужны направление и уровень, например «forward middle», «side high», «place low»",
  ],
  [/four descriptions or more are needed/g, "нужно хотя бы четыре описания"],
  [/two moves or more are needed, not (\d+)/g, "нужно хотя бы два движения, а не $1"],
  [/\bmove (\d+) \(/g, "движение $1 ("],
  [/must be a list: /g, "нужен список: "],
  [/must be one of /g, "нужно одно из: "],
  [/must be degrees from (\S+) to (\S+?)(?=,|$)/g, "нужны градусы от $1 до $2"],
  [/must be a text in double quotes/g, "нужен текст в двойных кавычках"],
  [/must be (?=[{"])/g, "нужно "],
  [/, as in /g, ", например "],
  [
    / says that (.+);(?: the pose|( ".+?")) is "(.+)": change the words or the pose$/g,
    " говорит: $1; а поза$2 — «$3»: поправьте слова или позу",
  ],
  [/ is a description of "(.+?)" \(.+\) already: say it otherwise$/g, ' уже описывает "$1": скажите иначе'],
  [
    / holds a dance's name, "(.+?)": say where the limbs are$/g,
    ' содержит название танца, "$1": скажите, где руки и ноги',
  ],
  [/ stands under (en|ru), .*$/g, " — не на том языке, который у ключа $1"],
  [/is not understood: say plainly where arms and legs are/g, "не понято: скажите прямо, где руки и ноги"],
  [/^([a-z_]+) is missing$/g, "не хватает сустава $1"],
  [/" is no joint$/g, '" — такого сустава нет'],
  [/^(\w+) to (\w+) is (\S+) cm long, not (\S+) cm$/g, "от $1 до $2 — $3 см, а кость длиной $4 см"],
  [/^(\w+) is (\S+) cm under the floor$/g, "$1 — на $2 см под полом"],
  [/^nothing touches the floor: .* is (\S+) cm above it$/g, "тело не касается пола: до него $1 см"],
  [/^the centre of mass is (\S+) cm outside what carries the body.*$/g, "тело упадёт: центр масс на $1 см вне опоры"],
  [/^(\w+) is (\S+) cm deep in (\w+), .*$/g, "$1 входит в $3 на $2 см"],
  [/^(\w+): [\w ]+ (\S+)° is outside (\S+)°$/g, "сустав $1 так не сгибается: $2° вне $3°"],
  [/is no list of three numbers$/g, "— не список из трёх чисел"],
];

/** Sentences by language. */
export const SAY = {
  en: {
    passed: "Right.",
    failed: (right: number, all: number) => `Not yet: ${right} of ${all}.`,
    more: (count: number) => `… and ${count} more.`,
    mistake: "Nothing to look at yet.",
    hints: "Hints",
    asked: "asked",
    made: "yours",
    nearest: (id: string) => `nearest: ${id}`,
    promise: (id: string) => `A promise was passed: write "await" before the call, as in check("${id}", await …).`,
    undefined: "What was passed is undefined: run the cells above first, in their order, and look for a misspelt name.",
    nothing: "Nothing was passed (null): give the exercise's result.",
    function: (name: string) => `The function ${name || "itself"} was passed: call it, as in ${name || "f"}(…).`,
    empty: "An empty list was passed: the search found nothing, or nothing was put into the list.",
    number: (value: string) => `${value} was passed: this exercise takes something else, see its text.`,
    noPose: (id: string, near: string | undefined) =>
      `The library has no pose "${id}"${
        near === undefined ? ': look for it with `await find("…")`' : `: did you mean "${near}"?`
      }`,
    text: (text: string) => `"${text}" is a text, not a pose: look for the pose first, as in await find("${text}").`,
    problem: (problem: string) => problem,
    body: "the body is possible: bones, joints, floor, balance",
    told: (caption: string) => `Yours: ${caption}.`,
    aText: (what: string) => `This exercise takes a text in quotes; ${what} was passed.`,
    finds: (id: string) => `it finds "${id}" first`,
    tfidf: "TF-IDF finds another pose",
    without: (words: readonly string[]) => `it holds no word that begins with ${listed(words)}`,
    found: (id: string, score: number) => `Found: "${id}" (${score.toFixed(2)}).`,
    tfidfToo: "TF-IDF finds it as well: use words that no description uses.",
    understood: (slots: readonly string[]) =>
      slots.length === 0 ? "The parser understood none of it." : `The parser understood: ${slots.join("; ")}.`,
    strange: (words: readonly string[]) => `Words that it does not know: ${words.join(", ")}.`,
    held: (words: readonly string[]) => `It holds ${listed(words)}.`,
    notSchema: "This exercise takes a zod schema, as z.strictObject({ … }): pass the schema, not a value.",
    accepts: (json: string) => `takes ${json}`,
    refuses: (json: string) => `refuses ${json}`,
    keys: "its keys and words are those of a pose file",
    true: "every description is true of the pose and nobody else's, two in each language are understood",
    unlike: "no pose of the library is the same",
    alike: (id: string) => `It is the pose "${id}" again: turn a joint by 4 cm or more.`,
    free: (id: string) => `its id, "${id}", is not taken`,
    noMoves: 'A dance without moves: give it "moves": [{ "describe": …, "pose": …, "beats": 1 }, …], or key poses.',
    notDance: "This exercise takes a dance: a choreography, the result of composeDance, or a list of poses.",
    danceKeys: "its keys and words are those of a dance file",
    moves: (least: number, count: number) => `at least ${least} moves (it has ${count})`,
    different: (least: number, count: number) => `at least ${least} different poses (it has ${count})`,
    moveWords: "every move's words are true of its pose",
    moveFinds: "every move's words find its pose",
    moveFound: (move: number, text: string, found: string, meant: string) =>
      `Move ${move}, "${text}", finds "${found}", not "${meant}": say more of it, or take that pose.`,
    ownDance: (id: string) => `The library has the dance "${id}" already: make one of your own.`,
    notMotion: "This exercise takes a motion: the result of createMotion(…).",
    seconds: ([from, to]: readonly [number, number], now: number) =>
      `it lasts ${from === to ? from : `${from} to ${to}`} s (now ${SECONDS.format(now)} s)`,
    turned: (degrees: number, now: number) => `at its end the figure has turned ${degrees}° (now ${now}°)`,
    airborne: "some key pose is in the air, and some is not",
    possible: "the body is possible at every moment",
    impossible: (what: string) => `Between key poses: ${what}.`,
    notProject: "The project takes a list of examples: [{ request, dance, gif }, …].",
    example: (i: number, why: string) => `Example ${i + 1}: ${why}`,
    noDance: "`dance` is no dance: give what `await composeDance(…)` gave.",
    noGif: '`gif` holds no bytes of a GIF: give what `await encode(…, "gif")` or `await drawAnimation(…)` gave.',
    examples: (least: number, count: number) => `at least ${least} examples (there are ${count})`,
    requests: "every example has a request of its own",
    gifs: "every request became a GIF that moves and loops",
    similar: (least: number) => `similarity is reported, and at least ${least.toFixed(2)} on average`,
    similarity: (request: string, mean: number, least: number) =>
      `"${request}": similarity ${mean.toFixed(2)} on average, at least ${least.toFixed(2)}.`,
    noExercise: (id: string, near: string | undefined, known: readonly string[]) =>
      `There is no exercise "${id}"${
        near === undefined ? `: there are ${known.join(", ")}` : `: did you mean "${near}"?`
      }`,
  },
  ru: {
    passed: "Верно.",
    failed: (right: number, all: number) => `Пока нет: ${right} из ${all}.`,
    more: (count: number) => `… и ещё ${count}.`,
    mistake: "Пока не на что смотреть.",
    hints: "Подсказки",
    asked: "задано",
    made: "у вас",
    nearest: (id: string) => `ближайшая: ${id}`,
    promise: (id: string) => `Передано обещание (Promise): поставьте перед вызовом await — check("${id}", await …).`,
    undefined: "Передано undefined: выполните сначала ячейки выше, по порядку, и проверьте, нет ли опечатки в имени.",
    nothing: "Ничего не передано (null): передайте результат упражнения.",
    function: (name: string) => `Передана сама функция ${name}: вызовите её — ${name || "f"}(…).`,
    empty: "Передан пустой список: поиск ничего не нашёл, или в список ничего не положили.",
    number: (value: string) => `Передано ${value}: здесь нужно другое, см. текст упражнения.`,
    noPose: (id: string, near: string | undefined) =>
      `В библиотеке нет позы "${id}"${
        near === undefined ? ': найдите её — `await find("…")`' : `: может быть, "${near}"?`
      }`,
    text: (text: string) => `«${text}» — это текст, а не поза: сначала найдите позу — await find("${text}").`,
    problem: (problem: string) => RUSSIAN.reduce((text, [english, russian]) => text.replace(english, russian), problem),
    body: "тело возможно: кости, суставы, пол, равновесие",
    told: (caption: string) => `У вас: ${caption}.`,
    aText: (what: string) => `Здесь нужен текст в кавычках, а передано другое: ${what}.`,
    finds: (id: string) => `первой находится "${id}"`,
    tfidf: "TF-IDF находит другую позу",
    without: (words: readonly string[]) => `в тексте нет слов, которые начинаются на ${listed(words)}`,
    found: (id: string, score: number) => `Найдено: "${id}" (${score.toFixed(2)}).`,
    tfidfToo: "TF-IDF тоже находит её: возьмите слова, которых нет в описаниях.",
    understood: (slots: readonly string[]) =>
      slots.length === 0 ? "Разбор не понял ничего." : `Разбор понял: ${slots.join("; ")}.`,
    strange: (words: readonly string[]) => `Незнакомые слова: ${words.join(", ")}.`,
    held: (words: readonly string[]) => `В тексте есть ${listed(words)}.`,
    notSchema: "Здесь нужна схема zod, z.strictObject({ … }): передайте схему, а не значение.",
    accepts: (json: string) => `принимает ${json}`,
    refuses: (json: string) => `не принимает ${json}`,
    keys: "ключи и слова такие, как в файле поз",
    true: "описания верны, ничьи больше, и хотя бы два на каждом языке поняты",
    unlike: "такой позы в библиотеке ещё нет",
    alike: (id: string) => `Это снова поза "${id}": сдвиньте хотя бы один сустав на 4 см.`,
    free: (id: string) => `имя "${id}" не занято`,
    noMoves: 'Танец без движений: добавьте "moves": [{ "describe": …, "pose": …, "beats": 1 }, …] или список поз.',
    notDance: "Здесь нужен танец: хореография, результат composeDance или список поз.",
    danceKeys: "ключи и слова такие, как в файле танца",
    moves: (least: number, count: number) => `движений не меньше ${least} (сейчас ${count})`,
    different: (least: number, count: number) => `разных поз не меньше ${least} (сейчас ${count})`,
    moveWords: "слова каждого движения верны для его позы",
    moveFinds: "слова каждого движения находят его позу",
    moveFound: (move: number, text: string, found: string, meant: string) =>
      `Движение ${move}, «${text}», находит "${found}", а не "${meant}": скажите подробнее или возьмите ту позу.`,
    ownDance: (id: string) => `Танец "${id}" в библиотеке уже есть: придумайте свой.`,
    notMotion: "Здесь нужно движение — результат createMotion(…).",
    seconds: ([from, to]: readonly [number, number], now: number) =>
      `длится ${from === to ? SEKUNDY.format(from) : `от ${SEKUNDY.format(from)} до ${SEKUNDY.format(to)}`} с ` +
      `(сейчас ${SEKUNDY.format(now)} с)`,
    turned: (degrees: number, now: number) => `в конце фигура повернулась на ${degrees}° (сейчас ${now}°)`,
    airborne: "какая-то поза — в воздухе, а какая-то нет",
    possible: "тело возможно в каждый момент",
    impossible: (what: string) => `Между позами: ${what}.`,
    notProject: "Для проекта нужен список примеров: [{ request, dance, gif }, …].",
    example: (i: number, why: string) => `Пример ${i + 1}: ${why}`,
    noDance: "в `dance` не танец: передайте результат `await composeDance(…)`.",
    noGif: 'в `gif` нет байтов GIF: передайте результат `await encode(…, "gif")` или `await drawAnimation(…)`.',
    examples: (least: number, count: number) => `примеров не меньше ${least} (сейчас ${count})`,
    requests: "у каждого примера свой запрос",
    gifs: "каждый запрос стал GIF, который движется по кругу",
    similar: (least: number) => `сходство показано, в среднем не меньше ${least.toFixed(2)}`,
    similarity: (request: string, mean: number, least: number) =>
      `«${request}»: сходство в среднем ${mean.toFixed(2)}, самое малое ${least.toFixed(2)}.`,
    noExercise: (id: string, near: string | undefined, known: readonly string[]) =>
      `Упражнения "${id}" нет${near === undefined ? `; есть ${known.join(", ")}` : `: может быть, "${near}"?`}`,
  },
} as const;

/** The sentences of one language. */
export type Say = (typeof SAY)["en"] | (typeof SAY)["ru"];
