import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { codeKeys, noticeParties, notices, searchAliases, searchTerms } from '#db/schema/index.ts';
import { NOTICE_FILTERS } from '#src/domain/notices/notice-filter.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';
import { type Condition, ofAmount, readExactAmount } from '#src/domain/search/conditions.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { formatQuery } from '#src/domain/search/limits.ts';
import { type Level, type PlanOptions, planQuery, type QueryPlan } from '#src/domain/search/plan.ts';
import { type CodeCandidate, type ParsedQuery, parseQuery, type Term } from '#src/domain/search/query.ts';
import { toPhrase } from '#src/domain/search/text.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listAllTallies } from '../notices/tally.ts';
import { isInOtherName } from './fts-search.ts';
import type { Reading, Resolver } from './resolve.ts';
import { cutByVocabulary } from './segment.ts';
import { currentSynonyms } from './synonym-file.ts';

/** A query as it was understood, with what the answer says about it. */
export interface QueryInterpretation extends Reading {
  plan: QueryPlan;
  dropped: string[];
  /** The text that is read as it stands, without filters and synonyms; null when it is read so. */
  literal: string | null;
}

/** Digits alone up to this length are a number first (a model, a size) and the end of a code second. */
const NUMBER_LENGTH = 5;

const CODES = defineQuery((db, p: Params<{ from: string; below: string }>) =>
  db
    .select({ key: codeKeys.key })
    .from(codeKeys)
    .where(and(gte(codeKeys.key, p.from), lt(codeKeys.key, p.below)))
    .limit(1),
);
const isCode = (db: Db, compact: string) =>
  CODES.first(db, { from: compact, below: `${compact}\u{10FFFF}` }) !== undefined;

/** The code as it was typed, or with its last number written with more or fewer zeros before it: JNZC-2026-65, JNZC-2026-065. */
function findCode(db: Db, candidate: CodeCandidate): CodeCandidate | undefined {
  if (isCode(db, candidate.compact)) return candidate;
  const [, head = '', number = ''] =
    /^(.*[A-Z\p{Script=Han}-].*\D|.*\D(?:19|20)\d\d)(\d{1,4})$/u.exec(candidate.compact) ?? [];
  if (!head) return undefined;
  const bare = number.replace(/^0+(?=\d)/, '');
  const spelt = [3, 4, 2, 1].map((length) => `${head}${bare.padStart(length, '0')}`);
  const compact = spelt.find((code) => code !== candidate.compact && isCode(db, code));
  return compact ? { ...candidate, compact } : undefined;
}

const FULL_NAMES = defineQuery((db, p: Params<{ alias: string }>) =>
  db
    .select({ name: searchAliases.name })
    .from(searchAliases)
    .innerJoin(searchTerms, eq(searchTerms.term, searchAliases.name))
    .where(eq(searchAliases.alias, p.alias))
    .orderBy(desc(searchTerms.frequency))
    .limit(3),
);

const ROLES = defineQuery((db, p: Params<{ name: string }>) =>
  db.selectDistinct({ role: noticeParties.role }).from(noticeParties).where(eq(noticeParties.name, p.name)),
);

const OF_AMOUNT = defineQuery((db, p: Params<{ fen: number }>) =>
  db.select({ id: notices.id }).from(notices).where(eq(notices.amountFen, p.fen)).limit(1),
);

/** The filter by a party of a role; agencies have so many notices of others that a name of theirs stays a word, as one does that has only bid. */
const ROLE_FIELDS: Record<OrganizationRole, 'buyer' | 'supplier' | undefined> = {
  buyer: 'buyer',
  supplier: 'supplier',
  candidate: undefined,
  tenderer: undefined,
  agency: undefined,
};

/** The one party that is called so, by its full name or a short form that no other has, as a filter by its role. */
function readParty(db: Db, typed: string): Condition | undefined {
  const names =
    ROLES.all(db, { name: typed }).length > 0 ? [typed] : FULL_NAMES.all(db, { alias: typed }).map(({ name }) => name);
  const [name] = names;
  if (name === undefined || names.length > 1) return undefined;
  const roles = ROLES.all(db, { name }).map(({ role }) => role);
  const [role] = roles;
  // Who buys and sells as well is no filter: half of its notices would be hidden.
  const field = roles.length === 1 && role ? ROLE_FIELDS[role] : undefined;
  if (!field) return undefined;
  // 教育和体育局 is the city's short name, and part of those of its counties.
  if (name !== typed && isInOtherName(db, toPhrase(typed), toPhrase(name), field)) return undefined;
  const label = `${NOTICE_FILTERS[field].label}：${name}`;
  return { typed, kind: 'party', label, clauses: [[{ field, is: '=', value: name }]] };
}

/** Conditions that only the stored notices can tell. */
function conditionIn(db: Db, typed: string): Condition | undefined {
  const fen = readExactAmount(typed);
  if (fen !== undefined) return OF_AMOUNT.first(db, { fen }) ? ofAmount(typed, fen) : undefined;
  return [...typed].length >= 4 ? readParty(db, typed) : undefined;
}

/** What a word tells by how many titles have it: nearly all in every title, nothing; hardly any, everything. */
function weigh(db: Db, words: readonly string[]): Map<string, number> {
  const total = Math.max(2, countAll(db));
  const frequency = (word: string) => FREQUENCY.first(db, { term: word })?.frequency ?? 0;
  return new Map(words.map((word) => [word, Math.max(0.15, 1 - Math.log(1 + frequency(word)) / Math.log(1 + total))]));
}

const FREQUENCY = defineQuery((db, p: Params<{ term: string }>) =>
  db.select({ frequency: searchTerms.frequency }).from(searchTerms).where(eq(searchTerms.term, p.term)),
);

const countAll = (db: Db) => listAllTallies(db).reduce((sum, tally) => sum + tally.total, 0);

/** What the stored notices and the operator's list of synonyms tell of words: whoever reads a query reads it with these. */
export const planOptions = (db: Db, at: Instant): PlanOptions => ({
  at,
  synonyms: currentSynonyms(),
  namesOf: (text) => FULL_NAMES.all(db, { alias: normaliseText(text) }).map(({ name }) => name),
  conditionOf: (text) => conditionIn(db, text),
  cut: (text) => cutByVocabulary(db, text),
});

/**
 * Reads a query: codes that exist are looked up, words that are filters become filters, everything else goes through the planner. A code
 * answers alone with the words beside it; a short number is looked for as a number first.
 */
export function interpretQuery(db: Db, query: ParsedQuery, at: Instant, isLiteral = false): QueryInterpretation {
  const codes = chooseCodes(query.codes.flatMap((candidate) => findCode(db, candidate) ?? []));
  const compacts = codes.map(({ compact }) => compact);
  const isNumber = compacts.every((compact) => /^\d+$/.test(compact) && compact.length <= NUMBER_LENGTH);
  const isAsked = compacts.length > 0 && !isNumber;
  const rest = query.terms.filter((_, index) => !codes.some(({ start, end }) => index >= start && index < end));
  const terms = isLiteral ? query.terms.map(toQuoted) : isAsked ? rest : query.terms;
  const plan = planQuery({ terms, excluded: query.excluded }, planOptions(db, at));
  const none: Level = { slots: [], without: [], isCut: false };
  const isChanged = plan.conditions.length > 0 || plan.rewritten.length > 0;
  return {
    plan,
    levels: plan.levels.length > 0 ? plan.levels : [none],
    codes: isAsked && !isLiteral ? compacts : [],
    weights: weigh(db, plan.words),
    dropped: [],
    literal: isChanged ? formatQuery({ terms: query.terms.map(toQuoted), excluded: query.excluded }) : null,
  };
}

const toQuoted = (term: Term): Term => (term.either ? term : { ...term, kind: 'phrase' });

/** The same text as it stands: no word of it is a filter or has synonyms. */
export const readLiterally = (db: Db, query: ParsedQuery, at: Instant): QueryInterpretation =>
  interpretQuery(db, parseQuery(formatQuery({ ...query, terms: query.terms.map(toQuoted) })), at, true);

/** Candidates that do not overlap; the one that stands for the most terms first. */
function chooseCodes(found: readonly CodeCandidate[]): CodeCandidate[] {
  const chosen: CodeCandidate[] = [];
  for (const candidate of found) {
    if (chosen.every(({ start, end }) => candidate.end <= start || candidate.start >= end)) chosen.push(candidate);
  }
  return chosen;
}

/** Share of the query's weight that must be left when words are left out. */
const KEPT_WEIGHT = 0.35;
/** A word in more than this share of all notices says nothing by itself. */
const COMMON = 0.15;
/** Readings of a long sentence with ever more words left out, and in all; all of them are asked for. */
const MOST_LOOSE = 6;
const MOST_READINGS = 16;
/** Of so many words that tell most every choice is tried. */
const MOST_TELLING = 4;

const ORGANIZATION =
  /(?:局|医院|学校|小学|中学|大学|学院|中心|公司|集团|委员会|政府|法院|检察院|支队|大队|幼儿园|街道|镇|乡|区|县|市)$/u;

interface Weighed {
  word: string;
  count: number;
  weight: number;
}

/**
 * For a query that finds nothing: readings that leave out words nobody uses, then the words that say least, while at least half of what
 * a sentence says is kept. Rare words weigh more.
 */
export async function relaxQuery(
  { db, backend }: Resolver,
  reading: QueryInterpretation,
): Promise<QueryInterpretation[]> {
  const { plan } = reading;
  const last = plan.levels.at(-1);
  const slots = plan.levels.find(({ isCut }) => isCut)?.slots ?? last?.slots ?? [];
  if (slots.length < 2) return [];
  const total = countAll(db);
  const phrases = slots.map(({ texts }) => toPhrase(texts[0] ?? ''));
  const counts = await backend.countPhrases(phrases);
  const weighed = slots.map(({ text }, index): Weighed => {
    const count = counts[index] ?? 0;
    const own = Math.log(1 + total / (count + 0.5));
    // What is bought tells more than who buys.
    const share = last?.without.includes(text) ? 0.2 : ORGANIZATION.test(text) ? 0.6 : 1;
    return { word: text, count, weight: own * share };
  });
  const known = weighed.filter(({ count }) => count > 0).sort((a, b) => b.weight - a.weight);
  // What stands nowhere is worth no more than the rarest word that does: else a new word would forbid every answer.
  const most = known[0]?.weight ?? 0;
  const least = KEPT_WEIGHT * weighed.reduce((sum, { weight }) => sum + Math.min(weight, most), 0);
  return listKept(known)
    .filter((kept) => kept.some(({ count }) => count < total * COMMON) && weightOf(kept) >= least)
    .map((kept) => {
      const own = slots.filter(({ text }) => kept.some(({ word }) => word === text));
      const dropped = slots.map(({ text }) => text).filter((text) => !own.some((slot) => slot.text === text));
      return { ...reading, levels: [{ slots: own, without: dropped, isCut: true }], codes: [], dropped };
    })
    .filter(({ dropped }) => dropped.length > 0);
}

const weightOf = (words: readonly Weighed[]) => words.reduce((sum, { weight }) => sum + weight, 0);

/** Words that are left, most telling choice first: all but those that say least, and the choices among those that say most. */
function listKept(known: readonly Weighed[]): Weighed[][] {
  const top = known.slice(0, MOST_TELLING);
  const choices = Array.from({ length: 2 ** top.length - 1 }, (_, bits) =>
    top.filter((_word, at) => ((bits + 1) >> at) & 1),
  );
  const step = Math.max(1, Math.ceil((known.length - top.length) / MOST_LOOSE));
  const longer: Weighed[][] = [];
  for (let length = known.length; length > top.length; length -= step) longer.push(known.slice(0, length));
  return [...longer, ...choices].toSorted((a, b) => weightOf(b) - weightOf(a)).slice(0, MOST_READINGS);
}
