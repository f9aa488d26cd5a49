import type { FieldFault } from '../../errors.ts';
import type { FactEntry, Facts, FactValue } from '../../facts/facts.ts';
import { endOf } from '../../time/moment.ts';
import type { FormColumn, FormField } from './fields.ts';
import { fieldsOf, type NoticeForm } from './forms.ts';
import { type FormValues, partsOf, type ReadValue, readValue } from './read.ts';
import { formatRule } from './rules.ts';

/** Most rows of a table. */
export const MOST_ROWS = 200;

/** Something that keeps a notice from being sent on: not filled in, or not readable. Its name is that of the input. */
export interface FormFault extends FieldFault {
  kind: 'missing' | 'wrong';
}

/** Faults as a list tells them, away from their inputs: what is wrong with a value names its field. */
export function inList(form: NoticeForm, faults: readonly FormFault[]): FieldFault[] {
  const labels = new Map(fieldsOf(form).map(({ key, label }) => [key as string, label]));
  return faults.map(({ name, message, kind }) => ({
    name,
    message: kind === 'wrong' ? `${labels.get(name.split('.')[0] ?? '') ?? ''}：${message}` : message,
  }));
}

/** A field with what was read of it. */
export interface FilledField {
  field: FormField;
  /** As it is shown; undefined where nothing readable is filled in. */
  value?: FactValue;
  uscc?: string;
  rows?: FilledRow[];
}

/** A row of a table: the cells that are filled in, by column. */
export type FilledRow = Partial<Record<FormColumn['key'], { column: FormColumn; value: FactValue; uscc?: string }>>;

/** A form as it was filled in. */
export interface FilledForm {
  fields: FilledField[];
  faults: FormFault[];
  /** Typed facts, as given: nothing is read out of a text. */
  facts: Facts;
}

/** Reads what was filled in. The browser while people type, and the server before anything moves on, ask this same function. */
export function fillForm(form: NoticeForm, values: FormValues): FilledForm {
  const faults: FormFault[] = [];
  const fields = fieldsOf(form).map((field) => fill(field, values, faults));
  const listed = listedKeys(fields);
  for (const { field, value, rows } of fields) {
    const isFilled = value !== undefined || (rows?.length ?? 0) > 0;
    const isFaulty = faults.some(({ name }) => name === field.key || name.startsWith(`${field.key}.`));
    if (field.required && !isFilled && !isFaulty && !listed.has(field.key))
      faults.push({
        name: firstInput(field),
        message: `请填写${field.label}：${formatRule(field.rule)}`,
        kind: 'missing',
      });
  }
  faults.push(...listContradictions(fields));
  return { fields, faults: inOrder(form, faults), facts: toFacts(fields) };
}

/** The values that a form knows, trimmed to what can be stored; everything else is left out. */
export function keepKnown(form: NoticeForm, values: FormValues): Record<string, string> {
  const kept: Record<string, string> = {};
  const keep = (name: string) => {
    const value = values[name];
    if (value !== undefined && value.trim() !== '') kept[name] = value.slice(0, 40_000);
  };
  for (const field of fieldsOf(form)) {
    if (field.columns)
      for (const row of rowNumbers(field, values)) for (const name of cellNames(field, row)) keep(name);
    else for (const part of partsOf(field.kind)) keep(`${field.key}${part}`);
  }
  return kept;
}

/** The input that a fault of a whole field is shown at. */
export function firstInput({ key, kind }: FormField): string {
  return `${key}${partsOf(kind)[0] ?? ''}`;
}

/** Numbers of the rows of a table that have something in them. */
export function rowNumbers({ key, columns = [] }: FormField, values: FormValues): number[] {
  const numbers = new Set<number>();
  for (const [name, value] of Object.entries(values)) {
    const match = new RegExp(`^${key}\\.(\\d{1,3})\\.([A-Za-z]+)(?:\\.uscc)?$`).exec(name);
    if (match && value.trim() !== '' && columns.some((column) => column.key === match[2]))
      numbers.add(Number(match[1]));
  }
  return [...numbers].sort((one, other) => one - other).slice(0, MOST_ROWS);
}

function cellNames({ key, columns = [] }: FormField, row: number): string[] {
  return columns.flatMap((column) => partsOf(column.kind).map((part) => `${key}.${row}.${column.key}${part}`));
}

function fill(field: FormField, values: FormValues, faults: FormFault[]): FilledField {
  if (field.columns)
    return { field, rows: rowNumbers(field, values).map((row) => fillRow(field, row, values, faults)) };
  const read = readValue(field.kind, values, field.key, field.options);
  note(read, firstInput(field), faults);
  return read && 'value' in read ? { field, ...read } : { field };
}

function fillRow({ key, columns = [] }: FormField, row: number, values: FormValues, faults: FormFault[]): FilledRow {
  const filled: FilledRow = {};
  for (const column of columns) {
    const name = `${key}.${row}.${column.key}`;
    const read = readValue(column.kind, values, name);
    note(read, name, faults);
    if (read && 'value' in read) filled[column.key] = { column, ...read };
    else if (!read && column.required)
      faults.push({ name, message: `第 ${row + 1} 行请填写${column.label}`, kind: 'missing' });
  }
  return filled;
}

function note(read: ReadValue, name: string, faults: FormFault[]): void {
  if (read && 'fault' in read) faults.push({ name: read.at ?? name, message: read.fault, kind: 'wrong' });
}

/** What every row of a table says need not be said again of the whole. */
function listedKeys(fields: readonly FilledField[]): ReadonlySet<string> {
  return new Set(
    fields.flatMap(({ field, rows }) =>
      rows && rows.length > 0 ? (field.columns ?? []).filter(({ required }) => required).map(({ key }) => key) : [],
    ),
  );
}

/** Values that cannot stand together. */
function listContradictions(fields: readonly FilledField[]): FormFault[] {
  const of = (key: string) => fields.find(({ field }) => field.key === key);
  const faults: FormFault[] = [];
  const wrong = (name: string, message: string) => faults.push({ name, message, kind: 'wrong' });
  const { deadline, opening, awardAmount, ceilingPrice, budget } = {
    deadline: moment(of('deadline')),
    opening: moment(of('opening')),
    awardAmount: of('awardAmount')?.value?.fen,
    ceilingPrice: of('ceilingPrice')?.value?.fen,
    budget: of('budget')?.value?.fen,
  };
  if (deadline && opening && opening < deadline) wrong('opening', '早于截止时间');
  const limit = ceilingPrice ?? budget;
  if (awardAmount !== undefined && limit !== undefined && awardAmount > limit)
    wrong('awardAmount', '高于最高限价或预算，请核对单位（元、万元）');
  if (ceilingPrice !== undefined && budget !== undefined && ceilingPrice > budget)
    wrong('ceilingPrice', '高于预算金额');
  return faults;
}

function moment(filled: FilledField | undefined): string | undefined {
  const { instant, precision } = filled?.value ?? {};
  return instant && precision ? endOf({ at: instant, precision }) : undefined;
}

function inOrder(form: NoticeForm, faults: readonly FormFault[]): FormFault[] {
  const order = fieldsOf(form).map(({ key }) => key as string);
  const place = ({ name }: FormFault) => order.indexOf(name.split('.')[0] ?? '');
  return [...faults].sort((one, other) => place(one) - place(other));
}

/** The facts that the fields are. Names and money of a table's rows stand for the whole where there is one row, names also where there are several. */
function toFacts(fields: readonly FilledField[]): Facts {
  const facts: Facts = {};
  for (const { field, value, uscc, rows } of fields) {
    if (!field.fact) continue;
    if (value) facts[field.fact] = value;
    if (uscc && field.fact === 'supplier') facts.supplierCode = { text: uscc };
    if (rows && rows.length > 0) facts[field.fact] = { text: `${rows.length} 项`, entries: rows.map(toEntry) };
  }
  const won = facts.lots?.entries ?? facts.parcels?.entries ?? [];
  const names = [...new Set(won.flatMap(({ supplier }) => supplier?.text ?? []))];
  if (!facts.supplier && names.length > 0) facts.supplier = { text: names.join('、') };
  return facts;
}

function toEntry(row: FilledRow): FactEntry {
  const entry: FactEntry = {};
  for (const cell of Object.values(row)) {
    if (cell.column.fact) entry[cell.column.fact] = cell.value;
    if (cell.column.fact === 'supplier' && cell.uscc) entry.supplierCode = { text: cell.uscc };
  }
  return entry;
}
