import { COUNTIES } from '../counties/counties.ts';
import { remember } from '../site/remember.ts';
import { STAGE_WORDS } from './conditions.ts';
import { COUNTED, PRINTED_NAMES } from './synonyms.ts';
import { splitRuns } from './text.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of the trade that the general dictionary cuts apart, longest first. */
const KNOWN = [
  ...PRINTED_NAMES,
  ...STAGE_WORDS,
  ...Object.values(COUNTIES).flatMap(({ label, short, formerNames }) => [label, short, ...formerNames]),
  ...'济宁 济宁市 招标 投标 开标 中标 流标 废标 监理 勘察 标段 停车场 高标准农田 污水处理厂 核磁共振 磁共振 老旧小区 幼儿园 卫生院 妇幼保健院 供应商 采购人 代理机构 水利 标线 雨污分流 智慧城市 信息化 物业管理 公共资源'.split(
    ' ',
  ),
].sort((a, b) => b.length - a.length);

/** Pieces of questions and sentences that are recognised wherever they stand, longest first. */
const ASKING = (
  '请问 有没有 有哪些 哪些 哪个单位 哪家公司 哪些公司 哪家单位 哪家企业 哪个 哪家 哪里 什么时候 什么 怎么查 怎么 怎样 如何 ' +
  '多少钱 多少 几家 是不是 是否 是哪家 我想看看 我想找 我想 我要 看看 想看 想找 想要 查一下 找一下 查询 帮我 一下 一些 ' +
  '最近 目前 近期 今年 去年 正在 现在 有关 关于 相关'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

/** Words that say nothing about the notice that is looked for, where the dictionary sets them apart. */
const FILLER = new Set([
  ...ASKING,
  ...'有 是 谁 呢 吗 啊 呀 吧 了 的 在 我 我们 想 要 找 查 看 搜 搜索 查找 给 这个 那个 这些 那些 可以 能 能否 以及 和 与 或 或者 及 还有 都 被 把 情况 信息 消息 方面 哪 几 个 没有'.split(
    ' ',
  ),
]);

/** Known words and pieces of questions by their first character, longest first. */
const LEXICON = Map.groupBy(
  [...KNOWN, ...ASKING].sort((a, b) => b.length - a.length),
  (word) => word.charAt(0),
);

/** Cuts a Han text into words: known words first, then the platform's dictionary; lone characters join a neighbour. */
function cutHan(text: string): readonly string[] {
  const words: string[] = [];
  let rest = text;
  let plain = '';
  const flush = () => {
    if (plain) words.push(...joinSingles([...segmenter.segment(plain)].map(({ segment }) => segment)));
    plain = '';
  };
  while (rest) {
    const known = LEXICON.get(rest.charAt(0))?.find((word) => rest.startsWith(word));
    if (known) {
      flush();
      words.push(known);
      rest = rest.slice(known.length);
    } else {
      const char = String.fromCodePoint(rest.codePointAt(0) ?? 0);
      plain += char;
      rest = rest.slice(char.length);
    }
  }
  flush();
  return words;
}

/** Is it a word of the trade, or of questions, that stays whole wherever it stands? */
export const isKnownWord = (word: string): boolean => LEXICON.get(word.charAt(0))?.includes(word) ?? false;

/** Does the word say nothing about the notice that is looked for? */
export const isFiller = (word: string): boolean => FILLER.has(word);

/** A query is cut several times: as typed, to see whether it is a question, and with words replaced. */
export const segmentHan = remember(cutHan);

/**
 * Neighbouring single characters are one word (核|磁); one alone belongs to the word before it (处理|厂), or to the one
 * after it when it comes first (中|医院).
 */
function joinSingles(parts: string[]): string[] {
  const words: string[] = [];
  let singles = '';
  const flush = (): string => {
    const alone = [...singles].length === 1;
    const kept = singles;
    singles = '';
    const previous = words.at(-1);
    if (alone && previous && !FILLER.has(previous)) words[words.length - 1] = previous + kept;
    else if (alone) return kept;
    else if (kept) words.push(kept);
    return '';
  };
  for (const part of parts) {
    if ([...part].length === 1 && !FILLER.has(part)) {
      singles += part;
      continue;
    }
    const first = flush();
    if (FILLER.has(part)) words.push(...[first, part].filter(Boolean));
    else words.push(first + part);
  }
  const last = flush();
  return last ? [...words, last] : words;
}

/** The words of a normalised text as the dictionary alone cuts it, and as `splitWords` does: what a vocabulary is made of. */
export function listVocabulary(text: string): string[] {
  const plain = [...segmenter.segment(text)].map(({ segment }) => segment);
  return [...new Set([...plain, ...joinSingles(plain), ...splitWords(text)])];
}

/** A number with what it counts: it is looked for as one. Letters and digits alone, and Han text, are what is left between. */
const COUNTS = new RegExp(
  `((?:19|20)\\d\\d年度?|第?\\d{1,2}(?:${COUNTED})|第?[一二三四五六七八九十]{1,3}(?:标段|标包|包|期|批次|批|次)|[a-h](?:包|标段|标包)|\\d+(?:\\.\\d+)?(?:排|号|年|月|日|层|楼|寸|米|吨|路|[a-z]{1,3}(?![a-z]))|\\d+\\.\\d+)`,
  'u',
);

function cutRuns(text: string, segment: (text: string) => readonly string[]): string[] {
  return splitRuns(text).flatMap(({ kind, chars }) => (kind === 'han' ? segment(chars.join('')) : [chars.join('')]));
}

/**
 * The words of a normalised text that say what is looked for. Numbers stay joined to what they count (2022年, 128排, 三标段, 5g); words
 * of questions are left out unless nothing else is there.
 */
export function splitWords(text: string, segment: (text: string) => readonly string[] = segmentHan): string[] {
  const words = text.split(COUNTS).flatMap((part, index) => (index % 2 === 1 ? [part] : cutRuns(part, segment)));
  const telling = words.filter((word) => !FILLER.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}

/** True when the text reads like a question or sentence: it holds a word of questions. */
export function isQuestion(text: string): boolean {
  return splitRuns(text).some(
    ({ kind, chars }) => kind === 'han' && segmentHan(chars.join('')).some((w) => FILLER.has(w)),
  );
}
