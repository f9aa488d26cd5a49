import { COUNTIES } from '../counties.ts';
import { splitRuns } from './text.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of the trade that the general dictionary cuts apart, longest first. */
const KNOWN = [
  ...Object.values(COUNTIES).flatMap(({ label, short, formerNames }) => [label, short, ...formerNames]),
  ...'济宁 济宁市 招标 投标 开标 中标 流标 废标 监理 勘察 标段 停车场 高标准农田 污水处理厂 核磁共振 磁共振 老旧小区 幼儿园 卫生院 妇幼保健院 供应商 采购人 代理机构 水利 标线 雨污分流 智慧城市 信息化 物业管理 公共资源'.split(
    ' ',
  ),
].sort((a, b) => b.length - a.length);

/** What people wrap a question in; says nothing about the notice that is looked for. */
const QUESTION = new Set(
  (
    '请问 有 有没有 有哪些 哪些 哪个 哪家 哪里 什么 什么时候 怎么 怎样 如何 多少 多少钱 几个 几家 是 是否 是不是 谁 呢 吗 啊 呀 吧 了 的 地 得 在 ' +
    '正在 现在 最近 目前 近期 今年 去年 我 我们 想 要 想要 想找 找 查 查找 查询 查一下 看 看看 搜 搜索 帮 帮我 给 一下 一些 一个 这个 那个 这些 那些 可以 能 能否 关于 相关 有关 以及 和 与 或 或者 及 还有 都 被 由 把 为 对 从 到 于 ' +
    '招标吗 吧 里 上 中 方面 情况 信息 消息 内容 东西 进行 做 搞 办 家 个'
  ).split(' '),
);

/** Cuts a Han text into words: known words first, then the platform's dictionary; lone characters join a neighbour. */
function segmentHan(text: string): string[] {
  const words: string[] = [];
  let rest = text;
  let plain = '';
  const flush = () => {
    if (plain) words.push(...joinSingles([...segmenter.segment(plain)].map(({ segment }) => segment)));
    plain = '';
  };
  while (rest) {
    const known = KNOWN.find((word) => rest.startsWith(word));
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

/** Neighbouring single characters are one word (核|磁); one alone belongs to the word before it (处理|厂). */
function joinSingles(parts: string[]): string[] {
  const words: string[] = [];
  let singles = '';
  const flush = () => {
    const previous = words.at(-1);
    if ([...singles].length === 1 && previous && !QUESTION.has(previous)) words[words.length - 1] = previous + singles;
    else if (singles) words.push(singles);
    singles = '';
  };
  for (const part of parts) {
    if ([...part].length === 1 && !QUESTION.has(part)) {
      singles += part;
    } else {
      flush();
      words.push(part);
    }
  }
  flush();
  return words;
}

/**
 * The words of a normalised text that say what is looked for. Letters and digits stay joined to the Han character
 * that follows or precedes them (2022年, 128排, 5g基站 → 5g基站); words of questions are left out unless nothing else is there.
 */
export function splitWords(text: string): string[] {
  const runs = splitRuns(text);
  const words: string[] = [];
  for (const { kind, chars } of runs) {
    if (kind === 'han') words.push(...segmentHan(chars.join('')));
    else words.push(chars.join(''));
  }
  const telling = words.filter((word) => !QUESTION.has(word));
  return [...new Set(telling.length > 0 ? telling : words)];
}

/** True when the text reads like a question or sentence: it holds a word of questions. */
export function isQuestion(text: string): boolean {
  return splitRuns(text).some(
    ({ kind, chars }) => kind === 'han' && segmentHan(chars.join('')).some((w) => QUESTION.has(w)),
  );
}
