import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { toPinyin } from '#src/domain/search/pinyin.ts';
import { normaliseText, toPhrase } from '#src/domain/search/text.ts';
import { hasPhrase } from './fts-search.ts';

interface TermRow {
  term: string;
}

const SOUND = 'SELECT term FROM search_terms WHERE pinyin = ? ORDER BY frequency DESC LIMIT 8';

/** Names and frequent words that sound like, or begin like, a text typed in letters. */
function findBySound(db: Db, letters: string): string[] {
  const rows = [
    ...listRows<TermRow>(db, SOUND, [letters]),
    ...listRows<TermRow>(
      db,
      "SELECT term FROM search_terms WHERE initials = ? ORDER BY kind = 'party' DESC, frequency DESC LIMIT 8",
      [letters],
    ),
  ];
  return rows.map(({ term }) => term);
}

/** Longest text, in characters, of which a part may be a mistake: every piece of it costs a look at the index. */
const LONGEST_HAN = 30;
const LONGEST_LETTERS = 60;

/** A run of letters as the pinyin of several words, longest first: daolugongcheng → 道路 工程. */
function spellOut(db: Db, letters: string, depth = 0): string[] | undefined {
  if (!letters) return [];
  if (depth > 4 || letters.length > LONGEST_LETTERS) return undefined;
  for (let end = letters.length; end >= 3; end--) {
    const [best] = listRows<TermRow>(db, SOUND, [letters.slice(0, end)]);
    const rest = best && spellOut(db, letters.slice(end), depth + 1);
    if (best && rest) return [best.term, ...rest];
  }
  return undefined;
}

/** Names whose shortened form begins with the same sounds: initials of short names are searched through aliases. */
function findAliasByInitials(db: Db, letters: string): string | undefined {
  return findRow<TermRow>(
    db,
    'SELECT term FROM search_terms WHERE initials >= ? AND initials < ? ORDER BY frequency DESC LIMIT 1',
    [letters, `${letters}\u{10FFFF}`],
  )?.term;
}

function readLetters(db: Db, chunks: readonly string[]): string | undefined {
  const joined = chunks.join('');
  const [whole] = findBySound(db, joined);
  if (whole) return whole;
  const parts = chunks.map((chunk) => findBySound(db, chunk)[0] ?? spellOut(db, chunk)?.join(' '));
  if (parts.every((part) => part !== undefined)) return parts.join(' ');
  return spellOut(db, joined)?.join(' ') ?? (joined.length >= 4 ? findAliasByInitials(db, joined) : undefined);
}

const HAN_TERM = /^\p{Script=Han}{2,}$/u;
/** Lengths of a piece that may have been typed as another word of the same sound. */
const WINDOWS = [4, 3, 2];

/** The text with one piece that stands in no title or name replaced by a word that sounds the same. */
function replaceHomophone(db: Db, text: string): string | undefined {
  const chars = [...text];
  if (chars.length > LONGEST_HAN) return undefined;
  const same = (piece: string) => listRows<TermRow>(db, SOUND, [toPinyin(piece)]).filter(({ term }) => term !== piece);
  const [whole] = same(text);
  if (whole) return whole.term;
  for (const length of WINDOWS) {
    for (let start = 0; start + length <= chars.length; start++) {
      const piece = chars.slice(start, start + length).join('');
      if (hasPhrase(db, toPhrase(piece), 'head')) continue;
      const [best] = same(piece);
      if (best) return chars.slice(0, start).join('') + best.term + chars.slice(start + length).join('');
    }
  }
  return undefined;
}

/**
 * What was probably meant by terms that stand in no title or name: letters read as pinyin or initials, or words replaced
 * by words of the same sound that do stand there. Undefined when nothing of the kind is known.
 */
export function correctTerms(db: Db, terms: readonly string[]): string | undefined {
  const chunks = terms.map(normaliseText);
  if (chunks.every((chunk) => /^[a-z']+$/.test(chunk)))
    return readLetters(
      db,
      chunks.map((chunk) => chunk.replaceAll("'", '')),
    );
  let changed = false;
  const corrected = chunks.map((chunk) => {
    if (!HAN_TERM.test(chunk) || hasPhrase(db, toPhrase(chunk), 'head')) return chunk;
    const better = replaceHomophone(db, chunk);
    changed ||= better !== undefined;
    return better ?? chunk;
  });
  return changed ? corrected.join(' ') : undefined;
}
