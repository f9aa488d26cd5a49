import type { Category } from '#src/domain/categories.ts';
import type { FactDoubt } from '#src/domain/facts/fact-evidence.ts';
import { FACT_KEYS, type FactKey, type Facts, type FactValue } from '#src/domain/facts/facts.ts';
import { listsBidders, type Stage } from '#src/domain/stages.ts';
import { dayOf, isSameMoment, toMoment } from '#src/domain/time/moment.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { type Collected, collect } from './collect.ts';
import { confirm, withConfidence } from './confidence.ts';
import { type Block, readHtml } from './document.ts';
import type { EntryValue, RawEntry } from './entries.ts';
import { restoreTables } from './flattened.ts';
import { type Labels, labelsOf } from './labels.ts';
import { joinBroken } from './lines.ts';
import { mergeRanks, ownEntries, toList } from './lists.ts';
import { cutHeading, cutRuns } from './runs.ts';
import { toFact } from './score.ts';

const FIRST = /^(?:第?[一1](?:名|位)?|.*第[一1](?:名|中标|成交)?.*)$/;

/**
 * Candidates without those that a table gives for bidders who did not win, and with the bidders of a list as the
 * suppliers of a notice that has no winner yet.
 */
function keepWinners(candidates: readonly Candidate[], entries: readonly RawEntry[], labels: Labels): Candidate[] {
  if (labels.stage === 'openingRecord') return [...candidates];
  // Who is to win is said beside the list of those who were ranked.
  const isNamed = candidates.some(({ key, tier, label }) => key === 'supplier' && tier === 0 && !/候选/.test(label));
  if (listsBidders(labels.stage) && isNamed)
    return candidates.filter(({ key, tier, label }) => key !== 'supplier' || (tier === 0 && !/候选/.test(label)));
  if (listsBidders(labels.stage))
    return [
      ...candidates.filter(({ key }) => key !== 'supplier'),
      ...bidders(ownEntries(mergeRanks(entries), labels.stage)),
    ];
  if (labels.phase !== 'award') return [...candidates];
  const losing = losersOf(entries);
  return candidates.filter(({ rule, at }) => rule !== 'column' || at === undefined || !losing.has(at));
}

/** Names and prices of the listed candidates. */
function bidders(entries: readonly RawEntry[]): Candidate[] {
  return entries.flatMap(({ values, rule }) => {
    const named = values.get('supplier');
    const price = values.get('awardAmount');
    return named
      ? [
          toCandidate('supplier', named, rule),
          ...(price ? [{ ...toCandidate('awardAmount', price, rule), bidder: named.text }] : []),
        ]
      : [];
  });
}

function toCandidate(key: 'supplier' | 'awardAmount', value: EntryValue, rule: RawEntry['rule']): Candidate {
  const { text, label, at } = value;
  return { key, tier: 0, value: text, label, rule, isPart: true, ...(at === undefined ? {} : { at }) };
}

/** Places of the values of rows that are ranked behind the first, or that name no price where others do. */
function losersOf(entries: readonly RawEntry[]): ReadonlySet<number> {
  const named = entries.filter(({ values }) => values.has('supplier'));
  const priced = named.some(({ values }) => values.has('awardAmount') || values.has('dealPrice'));
  const losers = named.filter(({ values }) => {
    const rank = values.get('rank')?.text.replace(/\s/g, '');
    const isBehind = rank !== undefined && /[一二三四五六七八九十\d]/.test(rank) && !FIRST.test(rank);
    return isBehind || (priced && !values.has('awardAmount') && !values.has('dealPrice'));
  });
  return new Set(losers.flatMap(({ values }) => [...values.values()].flatMap(({ at }) => at ?? [])));
}

/** The fact that a feed's field and the body give together: the field's, unless the body contradicts it or is more exact. */
function withDoubts(field: FactValue | undefined, body: FactValue | undefined): FactValue | undefined {
  if (!field || !body) return field ?? body;
  if (field.fen !== undefined && body.fen !== undefined && field.fen !== body.fen) return doubt(field, 'contradiction');
  const [told, written] = [toMoment(field.instant, field.precision), toMoment(body.instant, body.precision)];
  if (told && written && !isSameMoment(told, written)) {
    if (dayOf(told) !== dayOf(written)) return doubt(field, 'contradiction');
    if (told.precision === 'day') return body;
    if (written.precision !== 'day') return doubt(field, 'contradiction');
  }
  const isTyped = (fact: FactValue) =>
    fact.fen !== undefined || fact.instant !== undefined || fact.squareMetres !== undefined;
  if (isTyped(body) && !isTyped(field) && field.doubt && ['unit', 'zero', 'unreadable'].includes(field.doubt))
    return body;
  const isSame = isTyped(field) ? isTyped(body) : field.text === body.text;
  // The same value: the body's place can be shown.
  return isSame ? confirm({ ...field, ...(body.span ? { span: body.span } : {}) }) : field;
}

/** Facts that contradict each other within one notice: an award above the ceiling price or the budget is doubtful. */
function checkTogether(facts: Facts): Facts {
  const award = facts.awardAmount;
  const limits = [facts.ceilingPrice?.fen, facts.budget?.fen].filter((fen) => fen !== undefined);
  if (award?.fen === undefined || !limits.some((limit) => (award.fen ?? 0) > limit)) return facts;
  return { ...facts, awardAmount: doubt(award, 'aboveCeiling') };
}

function doubt({ text, rule, span }: FactValue, reason: FactDoubt): FactValue {
  return { text, ...(rule ? { rule } : {}), ...(span ? { span } : {}), doubt: reason };
}

export { splitParties } from './parties.ts';

export interface ExtractInput {
  /** HTML of the body as `sanitizeBody` makes it. */
  html: string;
  category: Category;
  stage: Stage;
  /** Labelled values of the feed itself. They count before those of the text. */
  fields: Record<string, string>;
}

/**
 * Facts told by labels: in the feed's fields, in `标签：值` lines, beside labels and below headers of tables, in the
 * sections of prescribed formats, in set phrases. Words are kept as the source has them; a number, time or area is only
 * given when it is certain. Linear in the length of the text.
 */
export function extractFacts(input: ExtractInput): Facts {
  const labels = labelsOf(input.category, input.stage);
  const { candidates, entries } = readBody(input.html, labels);
  const fields = group(fromFields(input.fields, labels));
  const body = group(keepWinners(candidates, entries, labels));
  const facts: Facts = {};
  const list = toList(entries, labels);
  for (const key of FACT_KEYS) {
    if (list?.[0] === key) facts[key] = list[1];
    const fact = withDoubts(own(key, fields), own(key, body));
    if (fact) facts[key] = fact;
  }
  return Object.fromEntries(Object.entries(checkTogether(facts)).map(([key, fact]) => [key, withConfidence(fact)]));
}

/** Of each fact everything that could be it, each as it would be read alone, without those that say the same: for people who choose. */
export function listReadings(input: ExtractInput): ReadonlyMap<FactKey, FactValue[]> {
  const labels = labelsOf(input.category, input.stage);
  const { candidates, entries } = readBody(input.html, labels);
  const all = [...fromFields(input.fields, labels), ...keepWinners(candidates, entries, labels)];
  const readings = [...group(all)].map(([key, found]): [FactKey, FactValue[]] => {
    const values = found.flatMap((candidate) => toFact(key, [candidate]) ?? []).filter(({ doubt }) => !doubt);
    return [key, [...new Map(values.map((value) => [value.text, value])).values()]];
  });
  return new Map(readings);
}

/** Labels and headers of a body that look like such and that nothing knows. */
export function unknownLabels({ html, category, stage }: Omit<ExtractInput, 'fields'>): string[] {
  return readBody(html, labelsOf(category, stage)).unknown;
}

function own(key: FactKey, candidates: ReadonlyMap<FactKey, Candidate[]>) {
  const found = candidates.get(key);
  return found && toFact(key, found);
}

/** Values of a feed's own labelled fields. */
function fromFields(fields: Readonly<Record<string, string>>, labels: Labels): Candidate[] {
  return Object.entries(fields).flatMap(([label, text]) => candidatesOf(label, { text }, labels, 'field'));
}

function readBody(html: string, labels: Labels): Collected {
  return collect(restoreTables(mendLines(readHtml(html), labels), labels), labels);
}

/** Blocks with broken lines joined and lines that hold several items cut. */
export function mendLines(blocks: readonly Block[], labels: Labels): Block[] {
  const mended: Block[] = [];
  let run: Block[] = [];
  const endRun = () => {
    const lines = run.flatMap((block) => (block.kind === 'line' ? [{ text: block.text, at: block.at }] : []));
    for (const line of joinBroken(lines, labels).flatMap(cutRuns).flatMap(cutHeading))
      mended.push({ kind: 'line', ...line });
    run = [];
  };
  for (const block of blocks) {
    if (block.kind === 'line') run.push(block);
    else {
      endRun();
      mended.push(block);
    }
  }
  endRun();
  return mended;
}

function group(candidates: readonly Candidate[]): ReadonlyMap<FactKey, Candidate[]> {
  return Map.groupBy(candidates, ({ key }) => key);
}
