import { pieceFrom } from './candidates.ts';
import type { Line } from './document.ts';
import { isSectionHeading } from './sections.ts';

/** `1、采购人信息 名称：甲局`, `采购人信息 名称：甲局`: a heading that its content stands behind. */
const HEADED =
  /^(?:((?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[、.．])\s*)([\p{Script=Han}（）()、]{3,24})|()(\p{Script=Han}{3,12}信息))\s+(?=\S)/u;

/** A line cut behind the heading that it begins with, when a rule knows the heading. */
export function cutHeading(line: Line): Line[] {
  const [all, , numbered, , plain] = HEADED.exec(line.text) ?? [];
  const heading = numbered ?? plain;
  if (!all || !heading || !/[：:]/.test(line.text.slice(all.length)) || !isSectionHeading(heading)) return [line];
  const rest = pieceFrom(line, all.length);
  return [
    { text: all.trim(), at: line.at },
    { text: rest.text, at: rest.at ?? line.at },
  ];
}

const ORDER = '一二三四五六七八九十';
/** Numbers of items: `一、`, `（一）`, `1.`, `1、`. */
const MARK =
  /(?:([一二三四五六七八九十]{1,2})、|[（(]([一二三四五六七八九十])[）)]|(?<![\d.．])(\d{1,2})[.、．](?!\d)|(?<![\d.])\d{1,2}\.(\d{1,2})[.、．]?(?![\d%]))(?=\s*[\p{Script=Han}【“《（(])/gu;
const SHORTEST = 30;
const LONGEST = 60_000;

interface Mark {
  kind: 0 | 1 | 2 | 3;
  number: number;
  at: number;
}

/**
 * A line cut before the numbers of its items where several items stand in it: `一、项目编号：X1二、项目名称：甲`. Only numbers
 * that count on from one cut. Linear in the length of the line.
 */
export function cutRuns(line: Line): Line[] {
  const { text } = line;
  if (text.length < SHORTEST || text.length > LONGEST) return [line];
  const cuts = countedMarks(text).filter((at) => at > 0);
  if (cuts.length === 0) return [line];
  // `中标人：1.甲公司 2.乙公司`: items without labels of their own are the value of the label before them.
  const first = Math.min(...cuts, ...(countedMarks(text).includes(0) ? [0] : []));
  if (/[：:]\s*$/.test(text.slice(0, first)) && text.length <= 300 && !/[：:]/.test(text.slice(first))) return [line];
  const edges = [0, ...cuts, text.length];
  return edges.slice(0, -1).flatMap((from, index) => {
    const piece = pieceFrom(line, from, edges[index + 1]);
    const head = /^\s*/.exec(piece.text)?.[0].length ?? 0;
    const trimmed = pieceFrom(piece, head);
    const kept = trimmed.text.trimEnd();
    return kept === '' ? [] : [{ text: kept, at: trimmed.at ?? line.at }];
  });
}

/** Places of numbers that belong to a run of at least two, in order. */
function countedMarks(text: string): number[] {
  const marks = listMarks(text);
  const runs: Mark[][] = [[], [], [], []];
  const kept: number[] = [];
  for (const mark of marks) {
    const run = runs[mark.kind] ?? [];
    const last = run.at(-1);
    if (last && mark.number === last.number + 1) {
      if (run.length === 1) kept.push(last.at);
      kept.push(mark.at);
      run.push(mark);
    } else if (mark.number === 1 || run.length === 0) runs[mark.kind] = [mark];
    // A higher item begins: what counts below it begins anew.
    if (mark.kind === 0) runs[2] = [];
    if (mark.kind === 2) runs[3] = [];
  }
  return [...new Set(kept)].sort((a, b) => a - b);
}

function listMarks(text: string): Mark[] {
  return [...text.matchAll(MARK)].map((match) => {
    const [, chapter, bracket, digits, minor] = match;
    const kind = chapter ? 0 : bracket ? 1 : digits ? 2 : 3;
    const number = digits ?? minor;
    return { kind, number: number ? Number(number) : numberOf(chapter ?? bracket ?? ''), at: match.index };
  });
}

function numberOf(word: string): number {
  if (word.length === 1) return ORDER.indexOf(word) + 1;
  return word.startsWith('十') ? 10 + ORDER.indexOf(word.charAt(1)) + 1 : (ORDER.indexOf(word.charAt(0)) + 1) * 10;
}
