import { isUscc, normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { legibleLine } from '#src/domain/notices/legible.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { describeDamage } from '#src/formats/damage.ts';
import { type Block, CODE_HEADERS, NAME_HEADERS, readCell, surnameOf } from './blocks.ts';

/** A row of a library file, header → text; only columns that a block knows, names of persons cut to the surname. */
export type LibraryRow = Readonly<Record<string, string>>;

/** An entry as a row tells it. */
export interface LibraryEntry {
  name: string;
  key: string;
  uscc: string | null;
  /** Column → value, for every column of the block. */
  values: Record<string, string | number | null>;
}

const cell = (row: LibraryRow, headers: readonly string[]) =>
  headers.map((header) => row[header] ?? '').find(Boolean) ?? '';

/** What a row says, without anything that is not to be kept. */
export function toLibraryRow(block: Block, headers: readonly string[], cells: readonly string[]): LibraryRow {
  const row: Record<string, string> = {};
  const columns = [...block.fields, { kind: 'text', headers: NAME_HEADERS }, { kind: 'text', headers: CODE_HEADERS }];
  for (const { kind, headers: own } of columns) {
    for (const header of own) {
      const text = legibleLine(cells[headers.indexOf(header)] ?? '');
      if (text) row[header] = kind === 'surname' ? surnameOf(text) : text;
    }
  }
  return row;
}

/** The entry in a row, or the reasons in Chinese why it cannot be taken. */
export function readRow(block: Block, row: LibraryRow): { entry: LibraryEntry } | { reasons: string[] } {
  const damage = describeDamage(Object.values(row).join(' '));
  const reasons: string[] = damage ? [damage] : [];
  const name = cell(row, NAME_HEADERS);
  const key = nameKey(name);
  const code = normaliseUscc(cell(row, CODE_HEADERS));
  if (key === '') reasons.push('缺少企业名称');
  if (code !== '' && !isUscc(code)) reasons.push(`统一社会信用代码“${code.slice(0, 30)}”校验不通过`);
  const values: LibraryEntry['values'] = {};
  for (const { column, kind, headers, required } of block.fields) {
    const text = cell(row, headers);
    const value = text === '' ? null : readCell(kind, text);
    if (value === undefined) reasons.push(`“${headers[0]}”无法读取：${text.slice(0, 40)}`);
    if (value === null && required) reasons.push(`缺少“${headers[0]}”`);
    values[column] = value ?? null;
  }
  const { validFrom: from, validUntil: until } = values;
  if (typeof from === 'string' && typeof until === 'string' && from > until) reasons.push('有效期止早于有效期起');
  return reasons.length > 0 ? { reasons } : { entry: { name, key, uscc: code || null, values } };
}
