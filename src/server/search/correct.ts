import { and, desc, eq, gte, like, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { searchTerms } from '#db/schema/index.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { toPinyin } from '#src/domain/search/pinyin.ts';
import { toPhrase } from '#src/domain/search/text.ts';
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
const WORDS_OF_INITIALS = defineQuery((db, p: Params<{ initials: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(and(eq(initials, p.initials), eq(kind, sql.raw("'word'"))))
    .orderBy(desc(frequency))
    .limit(12),
);
const BY_FIRST_INITIALS = defineQuery((db, p: Params<{ from: string; below: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(and(gte(initials, p.from), lt(initials, p.below)))
    .orderBy(desc(frequency))
    .limit(1),
);
/** Party names are few against notices: they are looked through. */
const PARTIES_BY_INITIALS = defineQuery((db, p: Params<{ part: string }>) =>
  db
    .select({ term, initials })
    .from(searchTerms)
    .where(and(eq(kind, sql.raw("'party'")), like(initials, p.part)))
    .orderBy(desc(frequency))
    .limit(1),
);
const PARTIES_BY_SOUND = defineQuery((db, p: Params<{ part: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(and(eq(kind, sql.raw("'party'")), sql`replace(${pinyin}, 'v', 'u') LIKE ${p.part}`))
    .orderBy(desc(frequency))
    .limit(8),
);
const LOOKING_LIKE = defineQuery((db, p: Params<{ pattern: string; from: string; below: string }>) =>
  db
    .select({ term })
    .from(searchTerms)
    .where(and(gte(term, p.from), lt(term, p.below), like(term, p.pattern)))
    .orderBy(desc(frequency))
    .limit(1),
);

/** The ways of spelling lü and nü: the table has lv and nv, keyboards give lu and nu as well. */
const spellings = (letters: string): string[] => [
  ...new Set([letters, letters.replace(/([ln])v/g, '$1u'), letters.replace(/([ln])u(?![aio])/g, '$1v')]),
];

/** Words and names of a sound, by any spelling of it. */
const findOfSound = (db: Db, letters: string) => spellings(letters).flatMap((pinyin) => OF_SOUND.all(db, { pinyin }));

/** Names and frequent words that sound like, or begin like, a text typed in letters. */
function findBySound(db: Db, letters: string): string[] {
  const rows = [...findOfSound(db, letters), ...OF_INITIALS.all(db, { initials: letters })];
  return rows.map((row) => row.term);
}

/** Longest text, in characters, of which a part may be a mistake: every piece of it costs a look at the index. */
const LONGEST_HAN = 30;
/** The same where every character of every piece may be the wrong one. */
const LONGEST_REPAIRED = 12;
const LONGEST_LETTERS = 60;

/** A run of letters as the pinyin of several words, longest first: daolugongcheng → 道路 工程. */
function spellOut(db: Db, letters: string, depth = 0): string[] | undefined {
  if (!letters) return [];
  if (depth > 4 || letters.length > LONGEST_LETTERS) return undefined;
  for (let end = letters.length; end >= 3; end--) {
    const [best] = findOfSound(db, letters.slice(0, end));
    const rest = best && spellOut(db, letters.slice(end), depth + 1);
    if (best && rest) return [best.term, ...rest];
  }
  return undefined;
}

/** Initials of this many letters are taken for those of two or three words that stand together. */
const COMPOUND_INITIALS = { least: 3, most: 10 } as const;
/** So many pairs of words are looked for in titles. */
const MOST_PAIRS = 240;

/** Initials of words that stand together in titles: dtcg → 电梯采购. */
function findCompound(db: Db, letters: string): string | undefined {
  if (letters.length < COMPOUND_INITIALS.least || letters.length > COMPOUND_INITIALS.most) return undefined;
  let tried = 0;
  // Words of even length are the rule: the middle is tried first.
  const cuts = Array.from({ length: letters.length - 3 }, (_, index) => index + 2).sort(
    (a, b) => Math.abs(2 * a - letters.length) - Math.abs(2 * b - letters.length) || b - a,
  );
  for (const cut of cuts) {
    const firsts = WORDS_OF_INITIALS.all(db, { initials: letters.slice(0, cut) });
    const seconds = WORDS_OF_INITIALS.all(db, { initials: letters.slice(cut) });
    for (const second of seconds) {
      for (const first of firsts) {
        if (++tried > MOST_PAIRS) return undefined;
        const compound = first.term + second.term;
        if (hasPhrase(db, toPhrase(compound), 'subject')) return compound;
      }
    }
  }
  return undefined;
}

/** The part of a party's name that has these initials: lxjsjt → 鲁兴建设集团. */
function findPartyPart(db: Db, letters: string): string | undefined {
  if (letters.length < 4) return undefined;
  const found = PARTIES_BY_INITIALS.first(db, { part: `%${letters}%` });
  if (!found) return undefined;
  const start = found.initials.indexOf(letters);
  return [...found.term].slice(start, start + letters.length).join('');
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
  return (
    spellOut(db, joined)?.join(' ') ??
    findCompound(db, joined) ??
    findPartyPart(db, joined) ??
    (joined.length >= 4 ? findAliasByInitials(db, joined) : undefined)
  );
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
  const name = findNameBySound(db, chars);
  if (name) return name;
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

/** The part of a party's name that sounds the same: 山东路兴建设 → 山东鲁兴建设. */
function findNameBySound(db: Db, chars: readonly string[]): string | undefined {
  if (chars.length < 4) return undefined;
  const sound = toPinyin(chars.join('')).replaceAll('v', 'u');
  for (const { term: name } of PARTIES_BY_SOUND.all(db, { part: `%${sound}%` })) {
    const own = [...name];
    for (let start = 0; start + chars.length <= own.length; start++) {
      const part = own.slice(start, start + chars.length).join('');
      if (toPinyin(part).replaceAll('v', 'u') === sound) return part;
    }
  }
  return undefined;
}

const LEGAL_FORM = /(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$/u;

/** A company's name without its legal form, which people get wrong, where that stands in a name. */
function dropLegalForm(db: Db, text: string): string | undefined {
  const bare = text.replace(LEGAL_FORM, '');
  return bare !== text && [...bare].length >= 4 && hasPhrase(db, toPhrase(bare), 'head') ? bare : undefined;
}

/** The text with a character too many left out, or one that looks like another replaced, where titles and names have the result. */
function repairCharacter(db: Db, text: string): string | undefined {
  const chars = [...text];
  if (chars.length < 3 || chars.length > LONGEST_HAN) return undefined;
  const [first] = chars;
  for (let at = 1; at < chars.length; at++) {
    const pattern = chars.map((char, index) => (index === at ? '_' : char)).join('');
    const from = chars.slice(0, at).join('');
    const found = LOOKING_LIKE.first(db, { pattern, from, below: `${from}\u{10FFFF}` });
    if (found && found.term !== text) return found.term;
  }
  const pattern = `_${chars.slice(1).join('')}`;
  const other =
    first && chars.length > 3 ? LOOKING_LIKE.first(db, { pattern, from: '', below: '\u{10FFFF}' }) : undefined;
  if (other && other.term !== text) return other.term;
  for (let at = 0; at < chars.length; at++) {
    const shorter = chars.toSpliced(at, 1).join('');
    if (chars.length > 3 && hasPhrase(db, toPhrase(shorter), 'head')) return shorter;
  }
  return repairPiece(db, chars);
}

/** A piece of a longer text that looks like a word but for one character: 污水处埋厂改造. */
function repairPiece(db: Db, chars: readonly string[]): string | undefined {
  if (chars.length > LONGEST_REPAIRED) return undefined;
  for (let length = Math.min(6, chars.length - 1); length >= 3; length--) {
    for (let start = 0; start + length <= chars.length; start++) {
      const piece = chars.slice(start, start + length);
      if (hasPhrase(db, toPhrase(piece.join('')), 'head')) continue;
      for (let at = 1; at < length; at++) {
        const from = piece.slice(0, at).join('');
        const pattern = piece.map((char, index) => (index === at ? '_' : char)).join('');
        const found = LOOKING_LIKE.first(db, { pattern, from, below: `${from}\u{10FFFF}` });
        if (found) return [...chars.slice(0, start), found.term, ...chars.slice(start + length)].join('');
      }
    }
  }
  return undefined;
}

/**
 * What was probably meant by terms that stand in no title or name: letters read as pinyin or initials, or words replaced
 * by words of the same sound or nearly the same characters that do stand there. Undefined when nothing of the kind is known.
 */
export function correctTerms(db: Db, terms: readonly string[]): string | undefined {
  const chunks = terms.map((text) => normaliseText(text).replaceAll('ü', 'v'));
  if (chunks.length > 0 && chunks.every((chunk) => /^[a-z']+$/.test(chunk)))
    return readLetters(
      db,
      chunks.map((chunk) => chunk.replaceAll("'", '')),
    );
  let changed = false;
  const corrected = chunks.map((chunk) => {
    if (!HAN_TERM.test(chunk) || hasPhrase(db, toPhrase(chunk), 'head')) return chunk;
    const better = dropLegalForm(db, chunk) ?? replaceHomophone(db, chunk) ?? repairCharacter(db, chunk);
    changed ||= better !== undefined;
    return better ?? chunk;
  });
  return changed ? corrected.join(' ') : undefined;
}
