import type { County } from '../counties/counties.ts';
import type { Stage } from '../stages.ts';
import type { Instant } from '../time/time.ts';
import { type Condition, mayStandAlone, readCondition, splitYear, stagesOfWord } from './conditions.ts';
import { countiesOfWord } from './places.ts';
import { mayBeCode, type ParsedQuery, type Term } from './query.ts';
import { OWN_SYNONYMS, type Rewriting, type Synonyms, spell } from './synonyms.ts';
import { type Phrase, splitRuns, toPhrase } from './text.ts';
import { isQuestion, splitWords } from './words.ts';

/** Where a step looks: `subject` in title, buyer and place, `head` at suppliers and agency besides, `all` in the body as well. */
export type Scope = 'subject' | 'head' | 'all';
export const SCOPES = ['subject', 'head', 'all'] as const satisfies readonly Scope[];

/** Phrases that must all stand there. */
export type Alternative = readonly Phrase[];

/** A word of a query with all that may stand in its place. */
export interface Slot {
  /** As typed. */
  text: string;
  /** The spellings that are looked for, the typed one first. */
  texts: readonly string[];
  alternatives: readonly Alternative[];
}

/** Words that must all stand in a scope, none of the excluded ones anywhere. */
export interface Step {
  scope: Scope;
  slots: readonly (readonly Alternative[])[];
  excluded: readonly Phrase[];
}

/** How strictly a query is read: as typed, cut into words, or without the words that say when and which. */
export interface Level {
  slots: readonly Slot[];
  /** Words that are left out. */
  without: readonly string[];
  isCut: boolean;
}

/** What puts a notice before others that hold the same words. */
export interface Boost {
  stages: readonly Stage[];
  counties: readonly County[];
  /** Texts of years: titles that name another one come last. */
  years: readonly string[];
}

/** A query as levels from the strictest reading to the loosest; each holds what the one before it does. */
export interface QueryPlan {
  levels: Level[];
  /** Words that say which part, when, or at which stage: they put hits before others. */
  optional: Slot[];
  conditions: Condition[];
  boost: Boost;
  /** The terms as typed, then what they are cut into. */
  terms: string[];
  words: string[];
  rewritten: Rewriting[];
  excluded: string[];
  /** A sentence: when no step finds anything, the words that say least may be left out. */
  long: boolean;
}

/** What a plan is made with besides the query. */
export interface PlanOptions {
  synonyms?: Synonyms;
  /** Full names for a term that is a short one. */
  namesOf?: (text: string) => readonly string[];
  /** Conditions that only the database can tell: names of parties, exact amounts. */
  conditionOf?: (text: string) => Condition | undefined;
  /** The words of a Han text; the platform's dictionary cuts it when absent. */
  cut?: (text: string) => readonly string[];
  at?: Instant;
}

/** A text is cut into so many words at most: each costs a look at the index. */
const MOST_WORDS = 24;
/** A query of this many words is a sentence. */
const LONG = 4;

/** Reads a query: words that are filters, then what is looked for, as typed and cut into words. */
export function planQuery(query: Pick<ParsedQuery, 'terms' | 'excluded'>, options: PlanOptions = {}): QueryPlan {
  const { conditions, terms } = takeConditions(query.terms, options);
  const rewritten: Rewriting[] = [];
  const slotOf = (term: Term): Slot => {
    const { slot, rewritten: own } = toSlot(term, options);
    for (const one of own)
      if (!rewritten.some(({ from, to }) => from === one.from && to === one.to)) rewritten.push(one);
    return slot;
  };
  const whole = terms.map(slotOf);
  const pieces = cutTerms(terms, options.cut);
  const cut = pieces.slice(0, MOST_WORDS);
  const surplus = pieces.slice(MOST_WORDS).map(({ text }) => text);
  const cutSlots = cut.map(slotOf);
  const isFirm = (slot: Slot) => !optional.some(({ text }) => text === slot.text);
  const optional = cutSlots.filter((slot, index) => cut[index]?.kind === 'word' && isOptional(slot.text));
  const without = optional.map(({ text }) => text);
  const isWhole = cutSlots.length === whole.length;
  const levels = dropRepeated([
    { slots: whole, without: [], isCut: false },
    { slots: whole.filter(isFirm), without, isCut: false },
    { slots: cutSlots.filter(isFirm), without: [...without, ...surplus], isCut: !isWhole },
    { slots: cutSlots, without: surplus, isCut: !isWhole },
  ]);
  const words = cut.map(({ text }) => text);
  return {
    levels,
    optional,
    conditions,
    boost: toBoost([...words, ...conditions.map(({ typed }) => typed)]),
    terms: terms.map(({ text }) => text),
    words,
    rewritten,
    excluded: query.excluded,
    long: words.length >= LONG || terms.some(({ text, kind }) => kind === 'word' && isQuestion(text)),
  };
}

/** The steps of a level, from the narrowest scope to the widest. */
export function stepsOf({ slots }: Pick<Level, 'slots'>, excluded: readonly string[]): Step[] {
  const alternatives = slots.map((slot) => slot.alternatives);
  return SCOPES.map((scope) => ({ scope, slots: alternatives, excluded: excluded.map(toPhrase) }));
}

/** Words that are filters, and what is left to look for. */
function takeConditions(
  typed: readonly Term[],
  { conditionOf = () => undefined, at = new Date().toISOString() }: PlanOptions,
): { conditions: Condition[]; terms: readonly Term[] } {
  const conditions: Condition[] = [];
  const left: Term[] = [];
  const pieces = typed.flatMap((term): Term[] => {
    const parts = term.kind === 'word' && !term.either ? splitYear(term.text) : undefined;
    return parts ? parts.map((text) => ({ text, kind: 'word' })) : [term];
  });
  for (const term of pieces) {
    const condition =
      term.kind === 'word' && !term.either ? (readCondition(term.text, at) ?? conditionOf(term.text)) : undefined;
    if (condition && !conditions.some(({ kind }) => kind === condition.kind)) conditions.push(condition);
    else left.push(term);
  }
  const isNamed = (one: Condition) => one.kind === 'party';
  if (left.length > 0) return { conditions, terms: left };
  const others = conditions.filter((one) => !isNamed(one));
  // A name alone is looked for as words: who is called so stands on top of the page.
  if (others.length < conditions.length || !mayStandAlone(conditions)) {
    const kept = others.length > 0 && others.length < conditions.length ? others : [];
    const terms = pieces.filter(({ text }) => !kept.some(({ typed: own }) => own === text));
    return { conditions: kept, terms };
  }
  return { conditions, terms: [] };
}

/** More ways of spelling a word than this say little more. */
const MOST_ALTERNATIVES = 8;

function toSlot(
  term: Term,
  { synonyms = OWN_SYNONYMS, namesOf = () => [] }: PlanOptions,
): { slot: Slot; rewritten: Rewriting[] } {
  const own = term.either ?? [term.text];
  if (term.kind === 'phrase') {
    const alternatives = own.map((text) => [toPhrase(text)]);
    return { slot: { text: term.text, texts: own, alternatives }, rewritten: [] };
  }
  const spelt = own.map((text) => spell(text, synonyms));
  const names = own.flatMap((text) => namesOf(text));
  const texts = [...new Set([...spelt.flatMap(({ texts }) => texts), ...names])].slice(0, MOST_ALTERNATIVES);
  return {
    slot: { text: term.text, texts, alternatives: dropContained(texts).map((text) => [toPhrase(text)]) },
    rewritten: spelt.flatMap(({ rewritten }) => rewritten),
  };
}

/** A text that holds another one of them is found with that one. */
const dropContained = (texts: readonly string[]) =>
  texts.filter((text, index) => !texts.some((other, at) => at !== index && text !== other && holdsWhole(text, other)));

/** Letters and digits are found whole, Han characters anywhere. */
function holdsWhole(text: string, part: string): boolean {
  return /^\p{Script=Han}+$/u.test(part) && text.includes(part);
}

/** The words of all terms; quoted terms, choices and what may be a code stay whole. */
function cutTerms(terms: readonly Term[], segment?: PlanOptions['cut']): Term[] {
  const cut = terms.flatMap((term): Term[] =>
    term.kind === 'phrase' || term.either || isCodeLike(term.text)
      ? [term]
      : splitWords(term.text, segment).map((text) => ({ text, kind: 'word' })),
  );
  const seen = new Set<string>();
  const words = cut.filter(({ text }) => splitRuns(text).length > 0 && !seen.has(text) && seen.add(text));
  // Every firm is one: beside another word it says nothing.
  const telling = words.filter(
    ({ text, kind }) => text !== '公司' || kind === 'phrase' || terms.some((term) => term.text === text),
  );
  return telling.length > 0 ? telling : words;
}

/** Letters and digits with signs between them: JNZC-2026-65 is no three words. */
const isCodeLike = (text: string) => mayBeCode(text) && !/\p{Script=Han}{2}/u.test(text);

const ORDINAL =
  /^(?:第?[\d一二三四五六七八九十]{1,3}(?:标段|标包|包|期|次|批次|批)|[a-h](?:包|标段|标包|区|地块)|(?:19|20)\d\d年度?)$/u;

/** Words that say which part or when, or hint at a stage: what is looked for may be called so in the text or not. */
const isOptional = (text: string) => ORDINAL.test(text) || stagesOfWord(text).length > 0;

function toBoost(words: readonly string[]): Boost {
  return {
    stages: words.flatMap(stagesOfWord),
    counties: words.flatMap(countiesOfWord),
    years: words.flatMap((word) => /^((?:19|20)\d\d)(?:年度?)?$/.exec(word)?.[1] ?? []),
  };
}

/** Levels that ask for anything, each once; the last one is there for a text of nothing but words that may be missing. */
function dropRepeated(levels: Level[]): Level[] {
  const seen = new Set<string>();
  const isFirm = levels.slice(0, -1).some(({ slots, without }) => slots.length > 0 && without.length > 0);
  return (isFirm ? levels.slice(0, -1) : levels).filter(({ slots }) => {
    const key = slots
      .map(({ text }) => text)
      .sort()
      .join(' ');
    const fresh = slots.length > 0 && !seen.has(key);
    seen.add(key);
    return fresh;
  });
}
