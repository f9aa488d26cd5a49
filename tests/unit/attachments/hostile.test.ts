import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { UnfitFileError } from '#src/attachments/errors.ts';
import { lookInto } from '#src/attachments/look/look.ts';
import { sniffFile } from '#src/attachments/sniff.ts';
import { toFileName } from '#src/domain/attachments/types.ts';
import { docxOf, paragraph, pdfOf, zipOf } from '#tests/support/planted-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
function fileOf(bytes: Buffer): string {
  const path = join(folder, String(count++));
  writeFileSync(path, bytes);
  return path;
}
const refusalOf = async (name: string, bytes: Buffer): Promise<string> => {
  try {
    const { inspection } = await lookInto(fileOf(bytes), name);
    return inspection.findings.map(({ kind }) => kind).join(',') || 'taken';
  } catch (error) {
    if (error instanceof UnfitFileError) return `refused: ${error.kind}`;
    throw error;
  }
};
const ZEROS = new Uint8Array(80 * 1024 * 1024);
const png = () =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** The archive with a number of its only entry's headers overwritten: in the directory, and before the entry. */
function lying(bytes: Buffer, field: 'size' | 'name', value: number | string): Buffer {
  const lie = Buffer.from(bytes);
  const directory = lie.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  if (field === 'size') lie.writeUInt32LE(Number(value), directory + 24);
  else lie.write(String(value), directory + 46, 'latin1');
  return lie;
}

describe('files that are made to harm', () => {
  test('bombs are refused by what they say, and by what they are', async () => {
    const bomb = docxOf('', { 'word/media/a.bin': ZEROS });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await refusalOf('a.docx', bomb)).toBe('bomb');
    const lies = lying(zipOf({ 'a.bin': new Uint8Array(2_000_000) }), 'size', 1_000);
    expect(await refusalOf('a.zip', lies)).toBe('refused: bomb');
    const many = zipOf(Object.fromEntries(Array.from({ length: 10_001 }, (_value, index) => [`${index}`, ''])));
    expect(await refusalOf('a.zip', many)).toBe('refused: bomb');
  });

  test('deep and endless XML ends', async () => {
    const deep = docxOf('<w:p>'.repeat(3_000) + '</w:p>'.repeat(3_000));
    expect(await refusalOf('a.docx', deep)).toBe('bomb');
    const entities = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
    expect(await refusalOf('a.docx', docxOf('', { 'docProps/core.xml': entities }))).toBe('damaged');
  });

  test.each(['../evil', '../../etc/cron.d/x', '/etc/passwd', 'a/../../b', 'C:\\x', 'a\\..\\b'])(
    'a name that leads outside is refused: %s',
    async (name) => {
      expect(await refusalOf('a.zip', zipOf({ [name]: 'x' }))).toBe('refused: hostileName');
    },
  );

  test('names that are there twice, links, and two names for one entry are refused', async () => {
    const twice = zipOf({ 'word/document.xml': 'a', 'word/Document.xml': 'b' });
    expect(await refusalOf('a.zip', twice)).toBe('refused: doubleName');
    expect(await refusalOf('a.zip', lying(zipOf({ 'good.txt': 'x' }), 'name', 'evil.exe'))).toBe(
      'refused: hostileName',
    );
    const link = zipOf({ link: '/etc/passwd' });
    const directory = link.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    link.writeUInt16LE(0x0314, directory + 4);
    link.writeUInt32LE(0o120777 * 65_536, directory + 38);
    expect(await refusalOf('a.zip', link)).toBe('refused: hostileName');
  });

  test('two files in one are refused, whatever they are called', async () => {
    const archive = zipOf({ 'a.html': '<script>alert(1)</script>' });
    expect(await refusalOf('a.png', Buffer.concat([await png(), archive]))).toBe('refused: polyglot');
    expect(await refusalOf('a.pdf', Buffer.concat([pdfOf(['']), archive]))).toBe('refused: polyglot');
    expect(await refusalOf('a.pdf', Buffer.concat([Buffer.from('GIF89a/*'), pdfOf([''])]))).toBe('refused: unreadable');
    expect(await refusalOf('a.docx', Buffer.concat([Buffer.from('#!/bin/sh\n'), docxOf('')]))).toBe(
      'refused: unreadable',
    );
    expect(await refusalOf('a.pdf', docxOf(paragraph('x')))).toBe('refused: polyglot');
    expect(await refusalOf('a.exe', pdfOf(['']))).toBe('refused: polyglot');
  });

  test.each([
    ['a.html', '<html><script>alert(1)</script>'],
    ['a.txt', ' <svg onload=alert(1)>'],
    ['a.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ['a.txt', '\ufeff<!doctype html>'],
    ['a.txt', '{\\rtf1 x}'],
    ['a.gif', 'GIF89a/*<script>*/=1;'],
    ['a.txt', 'MZ\u0090\u0000'],
    ['a.txt', 'a\u0000b'],
    ['a.exe', 'plain words'],
    ['a', 'plain words'],
    ['a.txt', ''],
  ])('%s with %j is refused', async (name, text) => {
    expect(await refusalOf(name, Buffer.from(text))).toMatch(/^refused: /);
  });

  test('a thread that takes too long is ended: nothing is taken for clean', async () => {
    const path = fileOf(docxOf(paragraph('x')));
    await expect(lookInto(path, 'a.docx', { limitMs: 1, heapMb: 256 })).rejects.toMatchObject({ kind: 'bomb' });
    expect((await lookInto(path, 'a.docx')).inspection.findings).toEqual([]);
  });

  test('bytes of any kind are refused or taken, and never break the looking', async () => {
    const seeds = [docxOf(paragraph('x')), pdfOf(['']), await png(), zipOf({ a: 'b' })];
    const names = ['a.docx', 'a.pdf', 'a.png', 'a.zip'];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (which, edits) => {
          const bytes = Buffer.from(seeds[which] ?? Buffer.alloc(0));
          for (const [at, value] of edits) bytes[at % bytes.length] = value;
          await sniffFile(fileOf(bytes), names[which] ?? '').catch((error: unknown) =>
            expect(error).toBeInstanceOf(UnfitFileError),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('names of files', () => {
  test.each([
    ['招标文件.docx', '招标文件.docx'],
    ['../../公告附件.docx', '公告附件.docx'],
    ['C:\\Users\\x\\报价.xlsx', '报价.xlsx'],
    ['a\u202efdp.exe', 'afdp.exe'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie_ x.pdf'],
    ['a\0.pdf', 'a.pdf'],
    ['<b>"x".pdf', '_b__x_.pdf'],
    ['..', ''],
    ['.htaccess', 'htaccess'],
    ['', ''],
  ])('%j becomes %j', (given, name) => {
    expect(toFileName(given)).toBe(name);
  });

  test('are short, one part, and stay what they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (given) => {
        const name = toFileName(given);
        expect([...name].length).toBeLessThanOrEqual(125);
        expect(name).not.toMatch(/[/\\\p{Cc}]/u);
        expect(toFileName(name)).toBe(name);
      }),
    );
  });
});
