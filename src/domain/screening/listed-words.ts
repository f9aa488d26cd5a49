import type { TextFind } from './rules.ts';

/** A word that an installation looks for, and why. */
export interface ListedWord {
  word: string;
  remark: string;
}

const FEWEST = 2;

/**
 * The list of words of an installation: one a line, behind a `#` or a tab why it is there. Lines that begin with `#` are remarks;
 * words of one character would be everywhere and are left out.
 */
export function parseListedWords(text: string): ListedWord[] {
  const found = new Map<string, ListedWord>();
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    if (line.trimStart().startsWith('#')) continue;
    const [head = '', ...rest] = line.split(/[#\t]/);
    const word = toPlain(head.trim());
    if ([...word].length >= FEWEST) found.set(word, { word, remark: rest.join(' ').trim() });
  }
  return [...found.values()];
}

/** Where listed words stand, whatever their case. */
export function findListedWords(text: string, words: readonly ListedWord[]): TextFind[] {
  const plain = toPlain(text);
  return words.flatMap(({ word, remark }) => {
    const found: TextFind[] = [];
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
      found.push({ rule: 'listedWord', start: at, end: at + word.length, ...(remark ? { remark } : {}) });
    return found;
  });
}

/** Small letters, one for one: places in the text stay what they are. */
const toPlain = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
