import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { searchTerms } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import { isFiller, isKnownWord, segmentHan } from '#src/domain/search/words.ts';

const FREQUENCIES = defineQuery((db, p: Params<{ terms: string }>) =>
  db
    .select({ term: searchTerms.term, frequency: searchTerms.frequency })
    .from(searchTerms)
    .where(inArray(searchTerms.term, valuesOf(p.terms))),
);

const LONGEST_WORD = 8;
/** Longer texts are cut by the dictionary alone. */
const LONGEST_TEXT = 60;
/** What a word of the trade counts like, and a character that is no word by itself. */
const KNOWN = 200;
const LONE = 1e-3;
const SCALE = 1e5;

/**
 * The words of a Han text as titles have them: of all ways to cut it the one whose words are the most frequent in titles (小学|校服, not
 * 小|学校|服); as the platform's dictionary cuts it where titles know nothing better.
 */
export function cutByVocabulary(db: Db, text: string): readonly string[] {
  const chars = [...text];
  if (chars.length < 3 || chars.length > LONGEST_TEXT) return segmentHan(text);
  const pieces = new Set<string>();
  for (let start = 0; start < chars.length; start++) {
    for (let end = start + 2; end <= Math.min(chars.length, start + LONGEST_WORD); end++)
      pieces.add(chars.slice(start, end).join(''));
  }
  // The whole is what is to be cut.
  pieces.delete(text);
  const rows = FREQUENCIES.all(db, { terms: JSON.stringify([...pieces]) });
  const frequencies = new Map(rows.map(({ term, frequency }) => [term, frequency]));
  for (const piece of pieces)
    if (isKnownWord(piece)) frequencies.set(piece, Math.max(KNOWN, frequencies.get(piece) ?? 0));
  for (const word of segmentHan(text))
    if (word.length > 1 && word !== text && !frequencies.has(word)) frequencies.set(word, 1);
  return findBest(chars, dropCompounds(frequencies));
}

/** How much more frequent two words must be than both together, to be two words. */
const RARER = 3;

/** Without what is two words that stand together: 小学校服 is in titles, 小学 and 校服 are in many more. */
function dropCompounds(frequencies: ReadonlyMap<string, number>): Map<string, number> {
  const isCompound = (term: string, frequency: number) => {
    for (let at = 2; at <= term.length - 2; at++) {
      const parts = [frequencies.get(term.slice(0, at)) ?? 0, frequencies.get(term.slice(at)) ?? 0];
      if (Math.min(...parts) >= RARER * frequency) return true;
    }
    return false;
  };
  return new Map([...frequencies].filter(([term, frequency]) => isKnownWord(term) || !isCompound(term, frequency)));
}

interface Way {
  score: number;
  words: string[];
}

function findBest(chars: readonly string[], frequencies: ReadonlyMap<string, number>): string[] {
  const best: Way[] = [{ score: 0, words: [] }];
  for (let end = 1; end <= chars.length; end++) {
    let way: Way | undefined;
    for (let start = Math.max(0, end - LONGEST_WORD); start < end; start++) {
      const word = chars.slice(start, end).join('');
      const frequency = end - start === 1 ? LONE : frequencies.get(word);
      const before = best[start];
      if (frequency === undefined || !before) continue;
      const score = before.score + Math.log(frequency / SCALE);
      if (!way || score > way.score) way = { score, words: [...before.words, word] };
    }
    if (way) best.push(way);
  }
  return joinLone(best[chars.length]?.words ?? []);
}

/** A character that was left alone belongs to the word before it, or to the one after it at the beginning; 的 and its like to none. */
function joinLone(words: readonly string[]): string[] {
  const joined: string[] = [];
  let open = '';
  for (const word of words) {
    const previous = joined.at(-1);
    if ([...word].length > 1) {
      joined.push(open + word);
      open = '';
    } else if (isFiller(word)) {
      joined.push(...[open, word].filter(Boolean));
      open = '';
    } else if (previous === undefined || isFiller(previous)) open += word;
    else joined[joined.length - 1] = previous + word;
  }
  return open ? [...joined, open] : joined;
}
