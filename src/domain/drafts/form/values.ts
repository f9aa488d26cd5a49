import { toYuanText } from '../../money/money.ts';
import { formatMoment } from '../../time/moment.ts';
import type { DraftContent, FieldValue, SingleValue } from '../content.ts';
import { keepKnown, rowNumbers } from './check.ts';
import type { ColumnKind, FieldKind } from './fields.ts';
import { fieldsOf, type NoticeForm } from './forms.ts';
import { type FormValues, partsOf, readValue } from './read.ts';

type Fields = DraftContent['fields'];

/**
 * What was typed as a draft keeps it: money as fen, times as instants, areas as square metres, where they can be read, else the words as they
 * were typed, so that nothing is lost of what is unfinished. Parts of a field have names of their own (`documentPeriod.from`).
 */
export function toFields(form: NoticeForm, typed: FormValues): Fields {
  const values = keepKnown(form, typed);
  const fields: Fields = {};
  for (const field of fieldsOf(form)) {
    const { key, kind, columns } = field;
    if (!columns) {
      for (const [name, value] of parts(kind, values, key)) fields[name] = value;
      continue;
    }
    const rows = rowNumbers(field, values).map((row) =>
      Object.fromEntries(
        columns.flatMap((column) =>
          parts(column.kind, values, `${key}.${row}.${column.key}`).map(([name, value]) => [
            name.slice(`${key}.${row}.`.length),
            value,
          ]),
        ),
      ),
    );
    if (rows.length > 0) fields[key] = { kind: 'entries', rows };
  }
  return fields;
}

/** What a draft keeps, as it stands in the inputs of its form. */
export function toValues(fields: Fields): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value.kind !== 'entries') values[name] = toText(value);
    else
      for (const [index, row] of value.rows.entries())
        for (const [column, cell] of Object.entries(row)) values[`${name}.${index}.${column}`] = toText(cell);
  }
  return values;
}

function parts(kind: FieldKind | ColumnKind, values: FormValues, name: string): [string, SingleValue][] {
  return partsOf(kind).flatMap((part): [string, SingleValue][] => {
    const text = values[`${name}${part}`]?.trim() ?? '';
    return text === '' ? [] : [[`${name}${part}`, toSingle(kind, text)]];
  });
}

function toSingle(kind: FieldKind, text: string): SingleValue {
  const words: SingleValue = { kind: 'text', text };
  const typed = kind === 'period' ? 'instant' : kind === 'days' ? 'day' : kind;
  if (typed !== 'money' && typed !== 'area' && typed !== 'day' && typed !== 'instant') return words;
  const read = readValue(typed, { it: text }, 'it');
  if (!read || !('value' in read)) return words;
  const { fen, squareMetres, instant, precision } = read.value;
  if (fen !== undefined) return { kind: 'money', fen };
  if (squareMetres !== undefined) return { kind: 'area', squareMetres };
  return instant && precision ? { kind: 'instant', instant, precision } : words;
}

function toText(value: Exclude<FieldValue, { kind: 'entries' }>): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'money':
      return toYuanText(value.fen);
    case 'area':
      return String(value.squareMetres);
    case 'instant':
      return formatMoment({ at: value.instant, precision: value.precision });
  }
}
