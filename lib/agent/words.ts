/** What an agent says, in the language of the request. */

const percent = (score: number) => score.toFixed(2);

/** Sentences by language. */
export const SAY = {
  en: {
    empty: "Cannot make a dance: the request is empty",
    long: (length: number, most: number) =>
      `Cannot make a dance: the request is ${length} characters long, at most ${most} are read`,
    wordless: (request: string) => `Cannot make a dance: there is no word in "${request}"`,
    unknown: (request: string) => `Cannot make a dance: nothing in the library is near "${request}"`,
    known: (nearest: string, all: number) => `nearest dances: ${nearest}; all ${all}: make pose ARGS=poses`,
    told: (near: number, all: number) =>
      `the request tells ${all} ${all === 1 ? "move" : "moves"}, and poses are near to ${near}`,
    frames: (value: number) => `Cannot make a dance of ${value} frames: a whole number from 1 to 120 is needed`,
    named: (id: string) => `the request is the id "${id}"`,
    only: (score: number) => `retrieval is sure (${percent(score)}), no model was asked`,
    clear: (score: number, next: number) => `retrieval is sure (${percent(score)} against ${percent(next)})`,
    near: (score: number, next: number) => `near ties (${percent(score)} and ${percent(next)})`,
    agrees: "the model agrees",
    disagrees: (id: string) => `the model would take "${id}"`,
    chosen: "the model chose",
    floor: "retrieval's first choice stands: it was measured to be right more often than this model",
    unmeasured: "retrieval's first choice stands: this model was not measured yet (pose eval)",
    failed: (message: string) => `the model did not answer (${message})`,
    poses: "no dance is near; the model put the nearest poses in order",
    cannot: "a probe says that this model's descriptions do not retrieve",
    described: (used: number, all: number) => `${used} of ${all} descriptions of the model find poses of their own`,
    composed: (used: number, all: number) =>
      `${used} of ${all} figures of the model are bodies; the library's nearest else`,
    replaced: (used: number, all: number) => `${used} of ${all} descriptions of the model find the dance's own poses`,
    ungrounded: (all: number) => `Cannot make a dance: no pose is near to any of the ${all} descriptions of the model`,
    posesFloor: "no dance is near; the nearest poses in the order that retrieval found them",
  },
  ru: {
    empty: "Не из чего сделать танец: запрос пуст",
    long: (length: number, most: number) =>
      `Танец не сделать: в запросе ${length} символов, читается не больше ${most}`,
    wordless: (request: string) => `Танец не сделать: в «${request}» нет ни одного слова`,
    unknown: (request: string) => `Танец не сделать: в библиотеке нет ничего похожего на «${request}»`,
    known: (nearest: string, all: number) => `ближайшие танцы: ${nearest}; все ${all}: make pose ARGS=poses`,
    told: (near: number, all: number) => `движений в запросе: ${all}, из них с похожей позой: ${near}`,
    frames: (value: number) => `Танца из ${value} кадров не бывает: нужно целое число от 1 до 120`,
    named: (id: string) => `запрос — это имя «${id}»`,
    only: (score: number) => `поиск уверен (${percent(score)}), модель не спрашивали`,
    clear: (score: number, next: number) => `поиск уверен (${percent(score)} против ${percent(next)})`,
    near: (score: number, next: number) => `почти поровну (${percent(score)} и ${percent(next)})`,
    agrees: "модель согласна",
    disagrees: (id: string) => `модель взяла бы «${id}»`,
    chosen: "выбрала модель",
    floor: "остаётся первый из найденных: измерено, что поиск прав чаще этой модели",
    unmeasured: "остаётся первый из найденных: эта модель ещё не измерена (pose eval)",
    failed: (message: string) => `модель не ответила (${message})`,
    poses: "похожего танца нет; модель расставила ближайшие позы",
    cannot: "проба показала, что по описаниям этой модели позы не находятся",
    described: (used: number, all: number) => `описаний модели, у которых нашлись свои позы: ${used} из ${all}`,
    composed: (used: number, all: number) =>
      `фигур модели, которые может принять тело: ${used} из ${all}; вместо остальных ближайшие позы библиотеки`,
    replaced: (used: number, all: number) => `описаний модели, по которым нашлись позы этого танца: ${used} из ${all}`,
    ungrounded: (all: number) => `Танец не сделать: ни для одного из описаний модели (${all}) нет похожей позы`,
    posesFloor: "похожего танца нет; ближайшие позы в том порядке, в каком их нашёл поиск",
  },
} as const;
