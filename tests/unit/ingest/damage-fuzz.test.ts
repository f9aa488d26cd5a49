import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '#src/formats/csv.ts';
import { findMarks, mendTags } from '#src/formats/damage.ts';
import { decodeText } from '#src/formats/decode.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseJsonBytes } from '#src/formats/json.ts';
import { parseXmlRows } from '#src/formats/xml.ts';

/** Runs what may refuse, and nothing else. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FeedFormatError) return undefined;
    throw error;
  }
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('招标公告', '"', '\\', '&<>', '2026-03-17', ' '),
  fc.string({ unit: 'grapheme' }),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('record')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  record: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).value;

describe('one damaged byte anywhere', () => {
  test('JSON: no row but the one that holds it is changed, and that one is marked', () => {
    const row = fc.record({ id: fc.integer(), title: text, more: value });
    const rows = fc.array(row, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(), (list, which, where) => {
        const parts = list.map((each) => Buffer.from(JSON.stringify(each)));
        // The row's own text is valid UTF-8: lone surrogates are escaped by JSON.
        const at = which % list.length;
        const part = parts[at] as Buffer;
        part[where % part.length] = 0xff;
        const bytes = Buffer.concat([
          Buffer.from('{"code":200,"rows":['),
          ...parts.flatMap((each, index) => (index === 0 ? [each] : [Buffer.from(','), each])),
          Buffer.from('],"say":"这是一份完整的中文列表，其余各条都应当读出"}'),
        ]);
        const { rows: read } = parseJsonBytes(bytes) as { rows: unknown[] };
        expect(read).toHaveLength(list.length);
        for (const [index, each] of read.entries()) {
          const isDamaged = findMarks(JSON.stringify(each)).length > 0;
          expect([index, isDamaged]).toEqual([index, index === at]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('any bytes are read, or refused with a reason', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(text, fc.uint8Array({ maxLength: 3 }), text)
        .map(([one, junk, two]) => Buffer.concat([Buffer.from(one), junk, Buffer.from(two)])),
    );
    fc.assert(
      fc.property(bytes, (some) => {
        const decoded = attempt(() => decodeText(some));
        if (decoded !== undefined) {
          // Mending moves no mark away.
          expect(findMarks(mendTags(decoded)).map(({ mark }) => mark)).toEqual(
            findMarks(decoded).map(({ mark }) => mark),
          );
        }
        attempt(() => parseJsonBytes(some));
        attempt(() => parseXmlRows(some, 'item'));
        attempt(() => readCsv(some));
      }),
      { numRuns: 500 },
    );
  });

  test('CSV: rows that are sound before and behind a stray quote are all read', () => {
    const cell = fc.stringMatching(/^[\p{Script=Han}a-z0-9]{1,6}$/u);
    const line = fc.tuple(cell, cell, cell).map((cells) => cells.join(','));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        line,
        fc.nat(),
        fc.array(line, { minLength: 1, maxLength: 6 }),
        (before, bad, at, behind) => {
          const place = at % (bad.length + 1);
          const quoted = `${bad.slice(0, place)}"${bad.slice(place)}`;
          const { rows, faults } = readCsv(Buffer.from(['编号,标题,日期', ...before, quoted, ...behind].join('\n')));
          expect(rows.slice(1).map(({ cells }) => cells.join(','))).toEqual([...before, ...behind]);
          expect(faults).toHaveLength(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
