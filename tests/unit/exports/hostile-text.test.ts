import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Moment } from '#src/domain/time/moment.ts';
import { type Table, textColumn, timeColumn } from '#src/server/exports/table.ts';
import { writeCsv } from '#src/server/exports/write-csv.ts';
import { writeXlsx } from '#src/server/exports/write-xlsx.ts';

interface Row {
  text: string;
  moment: Moment | null;
}
const TABLE: Table<Row> = {
  name: '表',
  columns: [textColumn('文字', 20, ({ text }) => text), timeColumn('截止时间', ({ moment }) => moment)],
};

async function* rowsOf(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
const texts = (values: readonly string[]) => values.map((text) => ({ text, moment: null }));
const read = async (stream: ReadableStream<Uint8Array>) => Buffer.from(await new Response(stream).arrayBuffer());
const csvOf = async (rows: readonly Row[], reader?: 'people' | 'programs') =>
  parse((await read(writeCsv(TABLE, rowsOf(rows), reader))).toString(), { bom: true, columns: true }) as Record<
    string,
    string
  >[];
const xlsxOf = (rows: readonly Row[]) => read(writeXlsx(TABLE, rowsOf(rows)));

/** The files of a zip archive by its central directory. */
function unzip(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString();
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    files.set(name, method === 0 ? data : inflateRawSync(data));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** Texts of a sheet's cells, by a parser that refuses what is not XML, escapes of ST_Xstring read as ECMA-376 has them. */
function readTexts(xml: string): string[] {
  const found: string[] = [];
  let text: string | undefined;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 't') text = '';
  });
  parser.on('text', (part) => {
    if (text !== undefined) text += part;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 't' && text !== undefined) found.push(text);
    if (name === 't') text = undefined;
  });
  parser.write(xml).close();
  return found.map((each) =>
    each.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
}

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '_x0041_',
        '_x005F_',
        '_x',
        '0000_',
        '\u0000',
        '\uFFFE',
        '\uFFFF',
        '\r',
        '\n',
        '<',
        '&',
        ']]>',
        '"',
        "'",
        ',',
        '\uD800',
        '=1',
        '甲',
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((parts) => parts.join('')),
);

describe('a workbook', () => {
  it('is XML throughout, and says every text as it was, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(HOSTILE, { minLength: 1, maxLength: 20 }), async (values) => {
        const bytes = await xlsxOf(texts(values));
        const files = unzip(bytes);
        for (const [name, content] of files) if (name.endsWith('.xml')) readTexts(content.toString());
        const cells = readTexts(files.get('xl/worksheets/sheet1.xml')?.toString() ?? '').slice(3);
        expect(cells).toEqual(values.map((text) => text.toWellFormed()));
        const [sheet] = await readWorkbook(bytes);
        // The reader leaves rows of blanks at the end out.
        const seen = values.findLastIndex((text) => text.trim() !== '') + 1;
        expect(sheet?.data.length).toBeGreaterThanOrEqual(seen + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts what a cell cannot hold', async () => {
    const cells = readTexts(
      unzip(await xlsxOf(texts(['长'.repeat(40_000)])))
        .get('xl/worksheets/sheet1.xml')
        ?.toString() ?? '',
    );
    expect(cells.at(-1)).toHaveLength(32_767);
  });

  it('has days as dates, with the clock beside them where there is one, 24:00 included', async () => {
    const moments: Moment[] = [
      { at: '2026-05-01T16:00:00.000Z', precision: 'day' },
      { at: '2026-05-01T01:30:00.000Z', precision: 'minute' },
      { at: '2026-05-01T16:00:00.000Z', precision: 'endOfDay' },
    ];
    const [sheet] = await readWorkbook(await xlsxOf(moments.map((moment) => ({ text: '甲', moment }))));
    expect(sheet?.data[0]).toEqual(['文字', '截止日期', '截止时刻']);
    const days = sheet?.data.slice(1).map((row) => (row[1] as unknown as Date).toISOString().slice(0, 10));
    expect(days).toEqual(['2026-05-02', '2026-05-01', '2026-05-01']);
    const xml = unzip(await xlsxOf(moments.map((moment) => ({ text: '甲', moment }))))
      .get('xl/worksheets/sheet1.xml')
      ?.toString();
    const clocks = [2, 3, 4].map((row) => Number(xml?.match(new RegExp(`<c r="C${row}"[^>]*><v>([^<]*)</v>`))?.[1]));
    expect(clocks).toEqual([Number.NaN, 9.5 / 24, 1]);
  });
});

describe('a CSV file', () => {
  it('says every text as it was, but for the sign before what a spreadsheet would make something else of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(HOSTILE, { minLength: 1, maxLength: 20 }), async (values) => {
        const wanted = values.map((text) => text.toWellFormed());
        const people = (await csvOf(texts(values))).map((row) => row.文字 ?? '');
        expect(people.map((text, index) => text.slice(text.length - (wanted[index]?.length ?? 0)))).toEqual(wanted);
        for (const text of people) expect(text).not.toMatch(/^[\s\p{Cc}]*[=+\-@|＝＋－＠]/u);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '91370800000000000012',
    '0537',
    '370800202600001',
    '2E10',
    '1-2',
    '2026-05',
    '2026/5/1',
    '3.14',
    '12:30',
    'MAR1',
    '5-Jan',
  ])('keeps %s from being taken for a number or a date, and leaves it alone for programs', async (text) => {
    expect(await csvOf(texts([text]))).toMatchObject([{ 文字: `\t${text}` }]);
    expect(await csvOf(texts([text]), 'programs')).toMatchObject([{ 文字: text }]);
  });

  it.each(['2026', '91370800MA3C00000X', 'SDGP370800000202600001', '某某工程', 'SDGP-2026-1'])(
    'leaves %s as it is',
    async (text) => {
      expect(await csvOf(texts([text]))).toMatchObject([{ 文字: text }]);
    },
  );
});
