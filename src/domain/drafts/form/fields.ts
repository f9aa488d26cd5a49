import type { Category } from '../../categories.ts';
import { entryLabel } from '../../facts/fact-text.ts';
import { factLabel } from '../../facts/fact-words.ts';
import { ENTRY_ONLY, type EntryKey, FACTS, type FactKey } from '../../facts/facts.ts';
import type { Stage } from '../../stages.ts';
import { FIELD_HELP } from './help.ts';
import { type OtherKey, otherField } from './other-fields.ts';
import type { FormRule } from './rules.ts';

/**
 * How a field is filled in. `text` is a line, `long` several; `money` any exact amount (fen once read), `area` square metres; `day` a day
 * in Shanghai, `instant` a day with a time; `period` from one instant to another, `days` from one day to another; `organization` a name and
 * its unified social credit code; `region` a county and a place in it.
 */
export type FieldKind =
  | 'text'
  | 'long'
  | 'money'
  | 'area'
  | 'day'
  | 'instant'
  | 'period'
  | 'days'
  | 'organization'
  | 'region'
  | 'choice'
  | 'rows';

export type FieldKey = FactKey | OtherKey;
export type ColumnKey = EntryKey | OtherKey;
/** Kinds that a cell of a table can be. */
export type ColumnKind = 'text' | 'money' | 'area' | 'organization';

/** What a form asks for, in the words of its category and stage. */
export interface FormField {
  key: FieldKey;
  label: string;
  kind: FieldKind;
  required: boolean;
  rule: FormRule;
  help: string;
  /** The fact that it is; absent where it is words of the notice only. */
  fact?: FactKey;
  /** What can be chosen. */
  options?: readonly string[];
  /** Columns of a table. */
  columns?: readonly FormColumn[];
}

export interface FormColumn {
  key: ColumnKey;
  label: string;
  kind: ColumnKind;
  required: boolean;
  /** The fact of the row that it is. */
  fact?: EntryKey;
}

/** Where and how a fact is filled in, where its kind of value does not say. */
const FACT_KINDS: { readonly [Key in FactKey]?: FieldKind } = {
  buyer: 'organization',
  agency: 'organization',
  supplier: 'organization',
  procurementMethod: 'choice',
  originalNoticeDate: 'day',
  contractDate: 'day',
  documentPeriod: 'period',
  publicityPeriod: 'days',
  listingPeriod: 'days',
  location: 'region',
  terminationReason: 'long',
};
const KINDS = { text: 'text', money: 'money', instant: 'instant', area: 'area', entries: 'rows' } as const;

const isFact = (key: string): key is FactKey => key in FACTS;
const isEntryFact = (key: string): key is EntryKey => key in FACTS || key in ENTRY_ONLY;

/** What a place in the table of forms says: a key, with `!` where the rule demands it, and its columns where it is a table. */
export type FieldSpec = FieldKey | `${FieldKey}!`;
export type ColumnSpec = ColumnKey | `${ColumnKey}!`;

function split<Key extends string>(spec: Key | `${Key}!`): { key: Key; required: boolean } {
  return spec.endsWith('!') ? { key: spec.slice(0, -1) as Key, required: true } : { key: spec as Key, required: false };
}

/** The whole field that a place in the table stands for. */
export function toField(
  spec: FieldSpec,
  rule: FormRule,
  category: Category,
  stage: Stage,
  columns: readonly ColumnSpec[] | undefined,
  options: readonly string[] | undefined,
): FormField {
  const { key, required } = split<FieldKey>(spec);
  const other = isFact(key) ? undefined : otherField(key);
  const kind = other?.kind ?? (isFact(key) ? (FACT_KINDS[key] ?? KINDS[FACTS[key].kind]) : 'text');
  return {
    key,
    label: isFact(key) ? factLabel(key, category, stage) : otherLabel(key, category, stage),
    kind,
    required,
    rule,
    help: other?.help ?? FIELD_HELP[key as FactKey] ?? '',
    ...(isFact(key) ? { fact: key } : {}),
    ...(kind === 'choice' ? { options: other?.options ?? options ?? [] } : {}),
    ...(kind === 'rows' ? { columns: toColumns(key, columns ?? [], category, stage) } : {}),
  };
}

function otherLabel(key: OtherKey, category: Category, stage: Stage): string {
  const { label, of } = otherField(key);
  return of ? `${factLabel(of, category, stage)}${label}` : label;
}

function toColumns(list: FieldKey, specs: readonly ColumnSpec[], category: Category, stage: Stage): FormColumn[] {
  return specs.map((spec) => {
    const { key, required } = split<ColumnKey>(spec);
    if (!isEntryFact(key)) return { key, label: otherLabel(key, category, stage), kind: 'text', required };
    const label = isFact(list) ? entryLabel(key, list, category, stage) : key;
    return { key, label, kind: columnKind(key), required, fact: key };
  });
}

function columnKind(key: EntryKey): ColumnKind {
  if (key === 'supplier') return 'organization';
  if (!isFact(key)) return 'text';
  const { kind } = FACTS[key];
  return kind === 'money' || kind === 'area' ? kind : 'text';
}
