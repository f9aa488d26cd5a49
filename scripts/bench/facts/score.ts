import {
  type EntryKey,
  type FactEntry,
  type FactKey,
  type Facts,
  type FactValue,
  factDefinition,
} from '#src/domain/facts/facts.ts';
import { normaliseProjectCode } from '#src/domain/projects/project-code.ts';
import type { EntryLabel, Label, LabelledNotice, ListKey } from './labelled.ts';

/** Groups of facts that have an aim, and the rest. */
export type Group = 'amounts' | 'parties' | 'codes' | 'dates' | 'other';

export interface Tally {
  /** Values that the labels name. */
  expected: number;
  /** Values that were read. */
  found: number;
  /** Values that were read and are right. */
  right: number;
}

/** A difference between what was read and the label. */
export interface Miss {
  notice: string;
  field: string;
  group: Group;
  label: Label | undefined;
  read: Label | undefined;
}

const PARTIES: ReadonlySet<string> = new Set(['buyer', 'agency', 'supplier']);
const CODES: ReadonlySet<string> = new Set(['projectCode', 'lotCode', 'contractCode', 'supplierCode', 'parcelNo']);
const AIMED = ['amounts', 'parties', 'codes', 'dates'] as const satisfies readonly Group[];

/** The group that a fact counts in. */
export function groupOf(key: FactKey | EntryKey): Group {
  if (PARTIES.has(key)) return 'parties';
  if (CODES.has(key)) return 'codes';
  const { kind } = factDefinition(key);
  return kind === 'money' || kind === 'area' ? 'amounts' : kind === 'instant' ? 'dates' : 'other';
}

/** Counts what was read of labelled notices, by field. */
export class Scores {
  readonly fields = new Map<string, Tally & { group: Group }>();
  /** Values that were read without a doubt and are wrong. */
  readonly wrong: Miss[] = [];
  /** Values that were not read. */
  readonly missed: Miss[] = [];
  readonly #rows = new Map<string, Tally>();

  /** Compares the facts read from one notice with its labels. */
  add(notice: LabelledNotice, facts: Facts): void {
    const keys = new Set([...(Object.keys(notice.facts) as FactKey[]), ...(notice.isComplete ? aimed(facts) : [])]);
    for (const key of keys) {
      const label = notice.facts[key];
      // A label of null: the notice names a day without a clock, and no instant.
      const isDay = label === null && facts[key]?.precision === 'day';
      this.#count(notice.name, key, key, label, isDay ? undefined : readLabel(key, facts[key]));
    }
    for (const [list, rows] of Object.entries(notice.entries) as [ListKey, readonly EntryLabel[]][]) {
      this.#addList(notice.name, list, rows, facts[list]?.entries ?? []);
    }
  }

  #addList(notice: string, list: ListKey, labels: readonly EntryLabel[], entries: readonly FactEntry[]): void {
    const anchor: EntryKey = list === 'parcels' ? 'parcelNo' : list === 'lots' ? 'lot' : 'supplier';
    const rest = [...entries];
    for (const label of labels) {
      const at = rest.findIndex((entry) => equal(anchor, readLabel(anchor, entry[anchor]), label[anchor]));
      const [entry] = at < 0 ? [] : rest.splice(at, 1);
      this.#countRow(list, { expected: 1, found: entry ? 1 : 0, right: entry && agrees(entry, label) ? 1 : 0 });
      for (const key of Object.keys(label) as EntryKey[]) {
        this.#count(notice, `${list}.${key}`, key, label[key], readLabel(key, entry?.[key]));
      }
    }
    if (rest.length > 0) this.#countRow(list, { expected: 0, found: rest.length, right: 0 });
    for (const entry of rest)
      this.#count(notice, `${list}.${anchor}`, anchor, undefined, readLabel(anchor, entry[anchor]));
  }

  #countRow(list: ListKey, { expected, found, right }: Tally): void {
    const tally = this.#rows.get(list) ?? { expected: 0, found: 0, right: 0 };
    this.#rows.set(list, {
      expected: tally.expected + expected,
      found: tally.found + found,
      right: tally.right + right,
    });
  }

  #count(
    notice: string,
    field: string,
    key: FactKey | EntryKey,
    label: Label | undefined,
    read: Label | undefined,
  ): void {
    const tally = this.fields.get(field) ?? { group: groupOf(key), expected: 0, found: 0, right: 0 };
    this.fields.set(field, tally);
    const isExpected = label !== undefined && label !== null;
    const isRight = isExpected && equal(key, read, label);
    if (isExpected) tally.expected += 1;
    if (read !== undefined) tally.found += 1;
    if (isRight) tally.right += 1;
    const miss = { notice, field, group: groupOf(key), label, read };
    if (read !== undefined && !isRight) this.wrong.push(miss);
    if (isExpected && read === undefined) this.missed.push(miss);
  }

  /** The tally of each field, in the order of names. */
  byField(): Record<string, Tally> {
    const sorted = [...this.fields].sort(([a], [b]) => a.localeCompare(b));
    return Object.fromEntries(sorted.map(([field, { expected, found, right }]) => [field, { expected, found, right }]));
  }

  /** Rows of each list: right are those in which everything that the label says of them is right. */
  rows(): Record<string, Tally> {
    return Object.fromEntries(this.#rows);
  }

  /** The tally of all groups that have an aim. */
  total(): Tally {
    return addUp(Object.values(this.groups()));
  }

  /** The tallies of the groups that have an aim. */
  groups(): Record<(typeof AIMED)[number], Tally> {
    const sum = (group: Group): Tally => addUp([...this.fields.values()].filter((tally) => tally.group === group));
    return { amounts: sum('amounts'), parties: sum('parties'), codes: sum('codes'), dates: sum('dates') };
  }
}

function addUp(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (a, b) => ({ expected: a.expected + b.expected, found: a.found + b.found, right: a.right + b.right }),
    { expected: 0, found: 0, right: 0 },
  );
}

/** Is everything right that a label says of a row and that has an aim? */
function agrees(entry: FactEntry, label: EntryLabel): boolean {
  return (Object.keys(label) as EntryKey[]).every((key) => {
    const wanted = label[key];
    if (groupOf(key) === 'other' || wanted === null) return true;
    return equal(key, readLabel(key, entry[key]), wanted);
  });
}

/** Share of what was read that is right; 1 when nothing was read. */
export function precision({ found, right }: Tally): number {
  return found === 0 ? 1 : right / found;
}

/** Share of what the labels name that was read rightly; 1 when they name nothing. */
export function recall({ expected, right }: Tally): number {
  return expected === 0 ? 1 : right / expected;
}

/** Facts read whose groups have an aim. */
function aimed(facts: Facts): FactKey[] {
  return (Object.keys(facts) as FactKey[]).filter((key) => groupOf(key) !== 'other');
}

/** What was read, in the form of labels; undefined where no figure is given. */
function readLabel(key: FactKey | EntryKey, fact: FactValue | undefined): Label | undefined {
  if (!fact || fact.doubt) return undefined;
  const { kind } = factDefinition(key);
  if (kind === 'money') return fact.fen;
  if (kind === 'area') return fact.squareMetres;
  if (kind === 'instant') return fact.instant;
  return key === 'supplier' ? fact.text.split('、') : fact.text;
}

function equal(key: FactKey | EntryKey, read: Label | undefined, label: Label | undefined): boolean {
  if (read === undefined || read === null || label === undefined || label === null) return false;
  if (typeof label === 'number') return read === label;
  if (key === 'supplier') return plain([read].flat().join('、')) === plain([label].flat().join('、'));
  if (key === 'projectCode' || key === 'lotCode')
    return normaliseProjectCode(String(read)) === normaliseProjectCode(String(label));
  return plain(String(read)) === plain(String(label));
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/[\s。；;，,]/g, '');
}
