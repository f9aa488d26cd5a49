import { type EntryKey, type FactEntry, type FactValue, factDefinition } from '#src/domain/facts/facts.ts';
import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import type { Stage } from '#src/domain/stages.ts';
import { spanOf } from './candidates.ts';
import type { EntryValue, RawEntry } from './entries.ts';
import type { Labels } from './labels.ts';
import { COLUMNS, type ListKey, listOf } from './list-columns.ts';
import { splitParties } from './parties.ts';
import { isSupplier, joinNames } from './score-parties.ts';
import { clip, PLACEHOLDER, readArea, readInstant, readMoney } from './values.ts';

const MOST_ENTRIES = 200;
/** The list as a fact: every row with what could be read of it. Undefined when there are no rows, or of lots only one. */
export function toList(entries: readonly RawEntry[], labels: Labels): [ListKey, FactValue] | undefined {
  const key = listOf(labels);
  if (!key) return undefined;
  const all = ownEntries(mergeRanks(entries), labels.stage);
  const own = key === 'lots' ? winnersOf(all) : all;
  const rows = (key === 'bids' ? withYuan(own) : own)
    .flatMap((entry) => toEntry(entry, key, labels.stage) ?? [])
    .slice(0, MOST_ENTRIES);
  const kept = mergeRepeats(rows, COLUMNS[key].anchor);
  if (kept.length < (key === 'lots' || key === 'parcels' ? 2 : 1)) return undefined;
  const first = entries.find(({ values }) => values.has(COLUMNS[key].anchor));
  return [key, { text: `${kept.length} 项`, entries: kept, rule: first?.rule ?? 'column' }];
}

/** Entries of lots without bidders who were ranked behind, and without bids where the award itself is told. */
function winnersOf(entries: readonly RawEntry[]): readonly RawEntry[] {
  const winners = entries.filter((entry) => (rankOf(entry) ?? 1) === 1);
  const best = new Map<string, number>();
  for (const { values } of winners) {
    const [lot, award] = [values.get('lot')?.text ?? '', values.get('awardAmount')];
    if (award) best.set(lot, Math.min(best.get(lot) ?? Number.POSITIVE_INFINITY, award.tier ?? 0));
  }
  return winners.map((entry) => {
    const award = entry.values.get('awardAmount');
    const isWeaker = (award?.tier ?? 0) > (best.get(entry.values.get('lot')?.text ?? '') ?? 0);
    if (!award || !isWeaker) return entry;
    return { ...entry, values: new Map([...entry.values].filter(([key]) => key !== 'awardAmount')) };
  });
}

/** No bid of a hundred million times 万元 exists: bare numbers of seven digits and more can only be yuan. */
const LEAST_YUAN = 1_000_000;
const BARE_NUMBER = /^\d[\d,]*(?:\.\d{1,2})?$/;

/** Bids of an opening whose column names no unit: in yuan when all of them, two at least, are too large for anything else. */
function withYuan(entries: readonly RawEntry[]): readonly RawEntry[] {
  const bare = entries.filter(({ values }) => isBare(values.get('awardAmount')));
  const sums = bare.map(({ values }) => Number((values.get('awardAmount')?.text ?? '').replace(/[\s,]/g, '')));
  if (sums.length < 2 || sums.some((sum) => sum < LEAST_YUAN)) return entries;
  return entries.map((entry) => {
    const price = entry.values.get('awardAmount');
    if (!price || !isBare(price)) return entry;
    return {
      ...entry,
      values: new Map([...entry.values, ['awardAmount', { ...price, label: `${price.label}（元）` }]]),
    };
  });
}

function isBare(value: EntryValue | undefined): boolean {
  return value !== undefined && !/元|%/.test(value.label) && BARE_NUMBER.test(value.text.trim());
}

/** Values told by rank alone (`第一名：投标报价：5元`) belong to the bidder who has that rank elsewhere. */
export function mergeRanks(entries: readonly RawEntry[]): readonly RawEntry[] {
  const named = entries.filter(({ values }) => values.has('supplier'));
  const rest = entries.filter(({ values }) => !values.has('supplier') && values.has('rank'));
  if (rest.length === 0) return entries;
  const merged = named.map((entry) => {
    const rank = rankOf(entry);
    const own = rest.filter((other) => rank !== undefined && rankOf(other) === rank);
    return own.length === 1 && own[0] ? { ...entry, values: new Map([...own[0].values, ...entry.values]) } : entry;
  });
  return merged;
}

const DIGITS = '一二三四五六七八九';

/** The number of a rank, however it is written; undefined when there is none. */
function rankOf({ values }: RawEntry): number | undefined {
  const text = values.get('rank')?.text ?? '';
  const digit = /[1-9]/.exec(text)?.[0];
  if (digit) return Number(digit);
  const at = DIGITS.indexOf(/[一二三四五六七八九]/.exec(text)?.[0] ?? '无');
  return at < 0 ? undefined : at + 1;
}

/** Of a notice of candidates those that are called so or ranked, where any is: the others are bidders who were rejected, as some say. */
export function ownEntries(all: readonly RawEntry[], stage: Stage): readonly RawEntry[] {
  if (stage !== 'candidateNotice') return all;
  const entries = all.filter(({ values }) => !isSaid(values.get('rejectionReason')));
  const named = entries.filter(({ values }) => values.has('rank') || /候选/.test(values.get('supplier')?.label ?? ''));
  return named.length > 0 ? named : entries;
}

const isSaid = (value: EntryValue | undefined): boolean => value !== undefined && !PLACEHOLDER.test(value.text.trim());

function toEntry(raw: RawEntry, list: ListKey, stage: Stage): FactEntry | undefined {
  const { anchor, keys } = COLUMNS[list];
  const entry: FactEntry = {};
  for (const key of keys) {
    const value = raw.values.get(key);
    const fact = value && readValue(key, value);
    if (fact) entry[key] = fact;
  }
  if (!entry[anchor]) return undefined;
  const says = Object.keys(entry).length;
  // A bidder without anything said about it may be a name in a list of members or experts.
  return says > 1 || stage === 'candidateNotice' ? entry : undefined;
}

function readValue(key: EntryKey, value: EntryValue): FactValue | undefined {
  const { text, label, at } = value;
  if (PLACEHOLDER.test(text.trim())) return undefined;
  const source = { value: text, label, ...(at === undefined ? {} : { at }) };
  const span = spanOf(source);
  const where = span ? { span } : {};
  if (key === 'supplier') {
    const names = splitParties(text);
    return names.length > 0 && names.every((name) => isSupplier(name, true))
      ? { text: joinNames(names), ...where }
      : undefined;
  }
  if (key === 'supplierCode') {
    const code = normaliseUscc(text);
    return isUscc(code) ? { text: code, ...where } : undefined;
  }
  const { kind } = factDefinition(key);
  const reading =
    kind === 'money'
      ? readMoney(source)
      : kind === 'area'
        ? readArea(source)
        : kind === 'instant'
          ? readInstant(source)
          : { text: clip(text) };
  return reading && { ...reading, ...where };
}

/** Rows that say again what an earlier one says add only what that one lacks; rows that differ are two. */
function mergeRepeats(rows: readonly FactEntry[], anchor: EntryKey): FactEntry[] {
  const merged: FactEntry[] = [];
  const places = new Map<string, number>();
  for (const row of rows) {
    const id = row[anchor]?.text ?? '';
    const place = places.get(id);
    const earlier = place === undefined ? undefined : merged[place];
    if (place === undefined || !earlier || differ(earlier, row)) {
      places.set(id, merged.length);
      merged.push(row);
    } else merged[place] = { ...row, ...earlier };
  }
  return merged;
}

function differ(a: FactEntry, b: FactEntry): boolean {
  return (Object.keys(b) as EntryKey[]).some((key) => {
    const [one, other] = [a[key], b[key]];
    if (!one || !other) return false;
    return one.fen !== undefined && other.fen !== undefined ? one.fen !== other.fen : one.text !== other.text;
  });
}
