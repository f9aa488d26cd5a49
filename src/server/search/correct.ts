import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { searchTerms } from '#db/schema/index.ts';
import { toPinyin } from '#src/domain/search/pinyin.ts';
import { normaliseText, toPhrase } from '#src/domain/search/text.ts';
import { hasPhrase } from './fts-search.ts';

const { term, kind, pinyin, initials, frequency } = searchTerms;

const OF_SOUND = defineQuery((db, p: Params<{ pinyin: string }>) =>
  db.select({ term }).from(searchTerms).where(eq(pinyin, p.pinyin)).orderBy(desc(frequency)).limit(8),
);
const OF_INITIALS = defineQuery((db, p: Params<{ initials: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(eq(initials, p.initials))
    .orderBy(sql`${kind} = 'party' DESC`, desc(frequency))
    .limit(8),
);
const BY_FIRST_INITIALS = defineQuery((db, p: Params<{ from: string; below: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(and(gte(initials, p.from), lt(initials, p.below)))
    .orderBy(desc(frequency))
    .limit(1),
);

/** Names and frequent words that sound like, or begin like, a text typed in letters. */
function findBySound(db: Db, letters: string): string[] {
  const rows = [...OF_SOUND.all(db, { pinyin: letters }), ...OF_INITIALS.all(db, { initials: letters })];
  return rows.map((row) => row.term);
}

/** Longest text, in characters, of which a part may be a mistake: every piece of it costs a look at the index. */
const LONGEST_HAN = 30;
const LONGEST_LETTERS = 60;

/** A run of letters as the pinyin of several words, longest first: daolugongcheng → 道路 工程. */
function spellOut(db: Db, letters: string, depth = 0): string[] | undefined {
  if (!letters) return [];
  if (depth > 4 || letters.length > LONGEST_LETTERS) return undefined;
  for (let end = letters.length; end >= 3; end--) {
    const [best] = OF_SOUND.all(db, { pinyin: letters.slice(0, end) });
    const rest = best && spellOut(db, letters.slice(end), depth + 1);
    if (best && rest) return [best.term, ...rest];
  }
  return undefined;
}

/** Names whose shortened form begins with the same sounds: initials of short names are searched through aliases. */
function findAliasByInitials(db: Db, letters: string): string | undefined {
  return BY_FIRST_INITIALS.first(db, { from: letters, below: `${letters}\u{10FFFF}` })?.term;
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
  const same = (piece: string) => OF_SOUND.all(db, { pinyin: toPinyin(piece) }).filter((row) => row.term !== piece);
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
