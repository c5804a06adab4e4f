/** Words of a request that name no dance. */
import { type Language, stem, words } from "../text/mod.ts";

// What a request is wrapped in, whichever dance it asks for: the asking, the medium, the politeness, and the function
// words. A closed list, because with a dozen names there is too little text for frequencies to tell "create" from
// "jump". It names no body part and no movement, so that it can't hide what tells two dances apart.
const FILLERS: Record<Language, string> = {
  ru: `
    создай создать сделай сделать покажи показать нарисуй нарисовать сгенерируй генерируй построй построить
    изобрази запусти включи выполни исполни дай давай давайте хочу хотим хочется хотелось хотел увидеть видеть посмотреть
    смотреть можно можешь можете могу нужен нужна нужно надо научи учить урок пусть танец танцевать станцевать станцуй
    танцуем танцуют танцующий потанцуй движение движения упражнение упражнения анимация анимацию мультик гиф гифка gif
    видео ролик картинка кадр кадров поза позы человечек человек фигурка пожалуйста плз спасибо ну ка же бы ли то есть вот
    это этот эта как какой какой-нибудь что чтобы что-нибудь кто где когда мне меня мной нам нас я ты мы вы он она оно они
    его ее их мой моя твой свой сам все весь для и или а но в во на с со к ко у о об от до из за по под над при без через
    только еще очень просто раз два три пять десять один одна сегодня сейчас завтра вместе быть будет было не да нет`,
  en: `
    create make do show draw generate build render give get let lets want wanted would like love see watch look can could
    you your i we us me my it its he she they them someone somebody something anything everyone please pls plz thanks
    dance dancing dancer move moves movement exercise animation animate gif video clip picture frame frames pose poses
    person figure stick man some a an the this that these those of for with to in on at by from and or not is are am be
    was were been has have had how what who where when why which if so just only very now today tomorrow one two three
    five ten twelve need s t d ll m re ve`,
};

const STEMS: Record<Language, ReadonlySet<string>> = {
  ru: stems("ru"),
  en: stems("en"),
};

/**
 * Tells a word that says nothing about which dance is meant ("создай", "танец", "please", "the").
 *
 * @param stemmed Stem of the word.
 * @param lang Language of the word.
 * @returns Whether it is a filler.
 */
export function isFiller(stemmed: string, lang: Language): boolean {
  return STEMS[lang].has(stemmed);
}

function stems(lang: Language): ReadonlySet<string> {
  return new Set(words(FILLERS[lang]).map((word) => stem(word, lang)));
}
