import type { Category } from '#src/domain/categories.ts';
import { type EntryKey, FACT_KEYS, type FactKey } from '#src/domain/facts.ts';
import { type Stage, type StagePhase, stageDefinition } from '#src/domain/stages.ts';
import { ENTRY_WORDS, LABEL_WORDS } from './label-words.ts';
import { normaliseLabel, splitLot } from './normalise-label.ts';

/** What a label names, and how specific it is: tier 0 is the most specific of its fact. */
export interface KnownLabel {
  key: FactKey;
  tier: number;
}

/** A label as it was found in a text. */
export interface FoundLabel {
  known: readonly KnownLabel[];
  /** The lot that the label names itself. */
  lot?: string;
}

/** The labels of one kind of notice. */
export interface Labels {
  category: Category;
  stage: Stage;
  phase: StagePhase;
  facts: ReadonlyMap<string, readonly KnownLabel[]>;
  /** Facts that have a label. */
  keys: ReadonlySet<FactKey>;
  /** Columns of lists, facts included. */
  columns: ReadonlyMap<string, EntryKey>;
}

/** Facts that only these phases state; elsewhere the same words stand in conditions and forms. */
const PHASES: Partial<Record<FactKey, readonly StagePhase[]>> = {
  supplier: ['award', 'contract', 'performance'],
  supplierCode: ['award', 'contract', 'performance'],
  awardAmount: ['award', 'contract', 'performance'],
  dealPrice: ['award', 'contract', 'performance'],
  contractAmount: ['contract', 'performance'],
  contractCode: ['contract', 'performance'],
  contractDate: ['contract', 'performance'],
  deadline: ['tender', 'planning'],
  clarificationDeadline: ['tender'],
  documentPeriod: ['tender'],
  terminationReason: ['ended', 'tender'],
};
const LAND_FACTS: ReadonlySet<FactKey> = new Set([
  'parcelNo',
  'landArea',
  'landUse',
  'grantTerm',
  'plotRatio',
  'mineral',
]);
const DISPOSAL_FACTS: ReadonlySet<FactKey> = new Set([
  'startPrice',
  'dealPrice',
  'appraisedValue',
  'listingPrice',
  'listingPeriod',
]);
const DISPOSALS: ReadonlySet<Category> = new Set(['land', 'mining', 'property']);
/** Steps in which several bidders stand beside each other. */
const BIDDERS: ReadonlySet<Stage> = new Set(['candidateNotice', 'openingRecord']);

const cache = new Map<string, Labels>();

/** Labels of one kind of notice. Built once for each pair of category and stage. */
export function labelsOf(category: Category, stage: Stage): Labels {
  const key = `${category}/${stage}`;
  const known = cache.get(key) ?? build(category, stage);
  cache.set(key, known);
  return known;
}

/** What a label as written names; undefined for labels that we do not know. */
export function findLabel(raw: string, labels: Labels): FoundLabel | undefined {
  if (raw.length > 60) return undefined;
  const label = normaliseLabel(raw);
  const known = labels.facts.get(label);
  if (known) return { known };
  const split = splitLot(label);
  const own = split && labels.facts.get(split.label);
  if (own) return { known: own, lot: split.lot };
  return /[、及和与]/.test(raw) ? findJoint(raw, labels) : undefined;
}

/** `投标截止时间、开标时间和地点`: labels that name several facts of one value. */
function findJoint(raw: string, labels: Labels): FoundLabel | undefined {
  const parts = raw
    .split(/[、及和与]/)
    .map(normaliseLabel)
    .filter((part) => part !== '' && !/^(?:开标)?(?:地点|地址)$/.test(part));
  const known = parts.map((part) => labels.facts.get(part));
  if (known.length < 2 && !/(?:地点|地址)$/.test(raw)) return undefined;
  return known.length > 0 && known.every((found) => found !== undefined) ? { known: known.flat() } : undefined;
}

/** How specific a header is for its column; 0 when it only names a column. */
export function tierOf(raw: string, key: EntryKey, labels: Labels): number {
  return findLabel(raw, labels)?.known.find((known) => known.key === key)?.tier ?? 0;
}

/** The column of a list that a header names. */
export function findColumn(raw: string, labels: Labels): EntryKey | undefined {
  return raw.length > 60 ? undefined : labels.columns.get(normaliseLabel(raw));
}

function build(category: Category, stage: Stage): Labels {
  const { phase } = stageDefinition(stage);
  const facts = new Map<string, KnownLabel[]>();
  const add = (key: FactKey, words: string, tier: number) => {
    for (const word of words.split(' ')) {
      const present = facts.get(word) ?? [];
      if (present.some((known) => !areJoint(known.key, key))) continue;
      facts.set(word, [...present, { key, tier }]);
    }
  };
  const isDisposal = DISPOSALS.has(category);
  if (isDisposal)
    for (const key of DISPOSAL_FACTS) if (isStated(key as FactKey, category, phase)) addAll(key as FactKey);
  for (const key of FACT_KEYS)
    if (!(isDisposal && DISPOSAL_FACTS.has(key)) && isStated(key, category, phase)) addAll(key);
  const keys = new Set([...facts.values()].flat().map(({ key }) => key));
  return { category, stage, phase, facts, keys, columns: buildColumns(facts, stage, phase) };

  function addAll(key: FactKey): void {
    for (const [tier, words] of (LABEL_WORDS[key] ?? []).entries()) add(key, words, tier);
  }
}

/** One label that names two facts: `投标截止时间及开标时间`, `标段名称`. */
function areJoint(a: FactKey, b: FactKey): boolean {
  return [
    ['deadline', 'opening'],
    ['projectName', 'lotName'],
    ['projectCode', 'lotCode'],
  ].some((pair) => pair.includes(a) && pair.includes(b));
}

function isStated(key: FactKey, category: Category, phase: StagePhase): boolean {
  if (PHASES[key] && !PHASES[key].includes(phase)) return false;
  if (LAND_FACTS.has(key) && category !== 'land' && category !== 'mining') return false;
  return !DISPOSAL_FACTS.has(key) || DISPOSALS.has(category);
}

function buildColumns(
  facts: ReadonlyMap<string, readonly KnownLabel[]>,
  stage: Stage,
  phase: StagePhase,
): ReadonlyMap<string, EntryKey> {
  const columns = new Map<string, EntryKey>();
  const add = (key: EntryKey, words: readonly string[] = []) => {
    for (const word of words.flatMap((line) => line.split(' '))) if (!columns.has(word)) columns.set(word, key);
  };
  for (const key of ['lot', 'rank', 'score', 'quality'] as const) add(key, ENTRY_WORDS[key]);
  if (BIDDERS.has(stage) || phase === 'award') {
    add('supplier', ENTRY_WORDS.supplier);
    add('supplier', LABEL_WORDS.supplier);
    add('supplierCode', LABEL_WORDS.supplierCode);
  }
  if (BIDDERS.has(stage)) add('awardAmount', LABEL_WORDS.awardAmount);
  for (const [word, [known]] of facts) if (known && !columns.has(word)) columns.set(word, known.key as EntryKey);
  return columns;
}

/** Are bidders of one lot listed beside each other? Then none of their values is that of the notice. */
export function listsBidders(stage: Stage): boolean {
  return BIDDERS.has(stage);
}
