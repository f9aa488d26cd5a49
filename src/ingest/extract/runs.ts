import { pieceFrom } from './candidates.ts';
import type { Line } from './document.ts';

const ORDER = '一二三四五六七八九十';
/** Numbers of items: `一、`, `（一）`, `1.`, `1、`. */
const MARK =
  /(?:([一二三四五六七八九十]{1,2})、|[（(]([一二三四五六七八九十])[）)]|(?<![\d.．])(\d{1,2})[.、．](?!\d))(?=\s*[\p{Script=Han}【“《（(])/gu;
const SHORTEST = 30;
const LONGEST = 60_000;

interface Mark {
  kind: 0 | 1 | 2;
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
  const runs: Mark[][] = [[], [], []];
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
  }
  return [...new Set(kept)].sort((a, b) => a - b);
}

function listMarks(text: string): Mark[] {
  return [...text.matchAll(MARK)].map((match) => {
    const [, chapter, bracket, digits] = match;
    const kind = chapter ? 0 : bracket ? 1 : 2;
    return { kind, number: digits ? Number(digits) : numberOf(chapter ?? bracket ?? ''), at: match.index };
  });
}

function numberOf(word: string): number {
  if (word.length === 1) return ORDER.indexOf(word) + 1;
  return word.startsWith('十') ? 10 + ORDER.indexOf(word.charAt(1)) + 1 : (ORDER.indexOf(word.charAt(0)) + 1) * 10;
}
