import { type Category, isDisposal } from '#src/domain/categories.ts';
import { type EntryKey, FACT_KEYS, FACTS, type FactKey, isFactOf, isStatedIn } from '#src/domain/facts/facts.ts';
import { remember } from '#src/domain/site/remember.ts';
import { listsBidders, type Stage, type StagePhase, stageDefinition } from '#src/domain/stages.ts';
import { normaliseLabel, splitLot } from './normalise-label.ts';
import { OTHER_WORDS } from './vocabulary/columns.ts';
import { ENTRY_LABELS } from './vocabulary/entries.ts';
import type { LabelLine } from './vocabulary/label-line.ts';
import { FACT_LABELS } from './vocabulary/vocabulary.ts';

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
  /** What a normalised label names; empty when it names nothing. */
  factsOf: (word: string) => readonly KnownLabel[];
  /** Facts that have a label. */
  keys: ReadonlySet<FactKey>;
  /** The column of a list that a normalised header names; empty when none. */
  columnOf: (word: string) => EntryKey | '';
}

const LONGEST_LABEL = 60;

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
  if (raw.length > LONGEST_LABEL) return undefined;
  const label = normaliseLabel(raw);
  const known = labels.factsOf(label);
  if (known.length > 0) return { known };
  const split = splitLot(label);
  const own = split ? labels.factsOf(split.label) : [];
  if (split && own.length > 0) return { known: own, lot: split.lot };
  return /[、及和与]/.test(raw) ? findJoint(raw, labels) : undefined;
}

/** `投标截止时间、开标时间和地点`: labels that name several facts of one value. */
function findJoint(raw: string, labels: Labels): FoundLabel | undefined {
  const parts = raw
    .split(/[、及和与]/)
    .map(normaliseLabel)
    .filter((part) => part !== '' && !/^(?:开标)?(?:地点|地址)$/.test(part));
  const known = parts.map((part) => labels.factsOf(part));
  if (known.length < 2 && !/(?:地点|地址)$/.test(raw)) return undefined;
  return known.length > 0 && known.every((found) => found.length > 0) ? { known: known.flat() } : undefined;
}

/** How specific a header is for its column; 0 when it only names a column. */
export function tierOf(raw: string, key: EntryKey, labels: Labels): number {
  return findLabel(raw, labels)?.known.find((known) => known.key === key)?.tier ?? 0;
}

/** What a party's column says beside the name: `中标供应商名称、地址`. */
const BESIDE =
  /(?<=\p{Script=Han}{2})\s*(?:[、及和与/]|(?=[（(]))[（(]?(?:地址|联系地址|联系方式|联系电话|电话|统一社会信用代码)[^，。]{0,12}$/u;

/** The column of a list that a header names. */
export function findColumn(raw: string, labels: Labels): EntryKey | undefined {
  if (raw.length > LONGEST_LABEL) return undefined;
  const named = labels.columnOf(normaliseLabel(raw)) || undefined;
  return (
    named ?? (BESIDE.test(raw) ? labels.columnOf(normaliseLabel(raw.replace(BESIDE, ''))) || undefined : undefined)
  );
}

/** Is the text a label of a fact or of a column of a list? */
export function isKnown(text: string, labels: Labels): boolean {
  return text !== '' && (findLabel(text, labels) !== undefined || findColumn(text, labels) !== undefined);
}

const ALL_LINES: readonly LabelLine<string>[] = [...FACT_LABELS, ...ENTRY_LABELS];
const ALL_WORDS: ReadonlySet<string> = new Set([
  ...ALL_LINES.flatMap(({ words }) => words?.split(' ') ?? []),
  ...OTHER_WORDS.split(' '),
]);
const ALL_SHAPES = ALL_LINES.flatMap(({ shape }) => shape ?? []);

/** Is a normalised text a label or header of any kind of notice, whether or not a fact is read from it here? */
export const isAnyLabel = remember(
  (word: string): boolean => ALL_WORDS.has(word) || (word.length <= 30 && ALL_SHAPES.some((shape) => shape.test(word))),
);

/** A lookup in lines: words first, then shapes; what was found is kept. */
function lookup<Key extends string, Found>(
  lines: readonly LabelLine<Key>[],
  choose: (matching: readonly LabelLine<Key>[]) => Found,
): (word: string) => Found {
  const words = new Map<string, LabelLine<Key>[]>();
  for (const line of lines) {
    for (const word of line.words?.split(' ') ?? []) {
      const present = words.get(word) ?? [];
      words.set(word, present);
      present.push(line);
    }
  }
  const shaped = lines.filter(({ shape }) => shape);
  const none = choose([]);
  return remember((word) => {
    const exact = words.get(word);
    if (exact) return choose(exact);
    if (word.length < 2 || word.length > 30) return none;
    const matching = shaped.find(({ shape }) => shape?.test(word));
    return matching ? choose([matching]) : none;
  });
}

function build(category: Category, stage: Stage): Labels {
  const { phase } = stageDefinition(stage);
  const isSold = isDisposal(category);
  const stated = FACT_LABELS.filter(
    ({ key, isSale }) => isStatedIn(key, phase) && isFactOf(key, category) && (!isSale || isSold),
  );
  // `成交价` is the price of a sale where something is sold.
  const lines = isSold
    ? [...stated.filter(({ key }) => isOfDisposals(key)), ...stated.filter(({ key }) => !isOfDisposals(key))]
    : stated;
  const factsOf = lookup(lines, choose);
  return {
    category,
    stage,
    phase,
    factsOf,
    keys: new Set(lines.map(({ key }) => key)),
    columnOf: columns(lines, stage, phase),
  };
}

/** Facts of matching lines; a further one only where one label names two: `投标截止时间及开标时间`, `标段名称`. */
function choose(matching: readonly LabelLine[]): KnownLabel[] {
  const known: KnownLabel[] = [];
  for (const { key, tier } of matching) if (known.every((other) => areJoint(other.key, key))) known.push({ key, tier });
  return known;
}

function areJoint(a: FactKey, b: FactKey): boolean {
  return [
    ['deadline', 'opening'],
    ['projectName', 'lotName'],
    ['projectCode', 'lotCode'],
    ['listingPeriod', 'deadline'],
    ['documentPeriod', 'deadline'],
  ].some((pair) => a !== b && pair.includes(a) && pair.includes(b));
}

const isOfDisposals = (key: FactKey): boolean => FACTS[key].of === 'disposals';

function columns(lines: readonly LabelLine[], stage: Stage, phase: StagePhase): (word: string) => EntryKey | '' {
  const isBidders = listsBidders(stage) || phase === 'award';
  const of = (key: FactKey) => (isBidders ? FACT_LABELS.filter((line) => line.key === key) : []);
  const all: LabelLine<string>[] = [
    ...ENTRY_LABELS.filter(({ key }) => isBidders || key !== 'supplier'),
    ...of('supplier'),
    ...of('supplierCode'),
    ...(listsBidders(stage) ? of('awardAmount') : []),
    ...lines.filter(({ key }) => FACT_KEYS.includes(key)),
  ];
  return lookup(all, ([first]) => (first?.key ?? '') as EntryKey | '');
}
