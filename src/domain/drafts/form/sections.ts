import type { ColumnSpec, FieldKey, FieldSpec } from './fields.ts';
import type { Instrument } from './rules.ts';

/** Fields that one clause asks for, under one heading. */
export interface SectionSpec {
  title: string;
  rule: readonly [instrument: Instrument, clause: string];
  fields: readonly FieldSpec[];
  /** Columns of those that are tables. */
  columns?: { readonly [Key in FieldKey]?: readonly ColumnSpec[] };
}

/** A section of the table of forms. */
export function section(
  title: string,
  rule: readonly [Instrument, string],
  fields: readonly FieldSpec[],
  columns?: SectionSpec['columns'],
): SectionSpec {
  return { title, rule, fields, ...(columns ? { columns } : {}) };
}

/** Whose forms differ: those who have works built, those who buy otherwise, and those who grant or sell. */
export type Family = 'works' | 'purchases' | 'land' | 'mining' | 'property';

/** The sections of a stage, for each family that has the stage; `all` for those that are not named. */
export type StageForms = { readonly [Each in Family | 'all']?: readonly SectionSpec[] };

export const LOTS_CALLED = { lots: ['lotCode!', 'lotName!', 'budget', 'ceilingPrice'] } as const;
export const LOTS_AWARDED = { lots: ['lotCode!', 'lotName', 'supplier!', 'awardAmount!'] } as const;
export const LOTS_NAMED = { lots: ['lotCode!', 'lotName'] } as const;
export const ITEMS = { items: ['itemName!', 'itemSpec!', 'itemQuantity!', 'itemPrice!'] } as const;
export const PARCELS_OFFERED = {
  parcels: ['parcelNo!', 'location!', 'landArea!', 'landUse!', 'grantTerm!', 'plotRatio', 'startPrice!', 'deposit'],
} as const;
export const PARCELS_SOLD = {
  parcels: ['parcelNo!', 'location!', 'landArea!', 'landUse!', 'grantTerm!', 'supplier!', 'dealPrice!'],
} as const;

/** Whom to ask, of those who buy. */
export const contacts = (rule: SectionSpec['rule']): SectionSpec =>
  section('联系方式', rule, [
    'buyer!',
    'buyerAddress!',
    'buyerContact!',
    'buyerPhone!',
    'agency',
    'agencyAddress',
    'agencyContact',
    'agencyPhone',
    'projectContact',
  ]);
export const OTHER_MATTERS = section('其他', ['OWN', ''], ['otherMatters']);
