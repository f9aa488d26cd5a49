import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { cleanFile } from '#src/attachments/clean/clean.ts';
import { inspectFile } from '#src/attachments/inspect/inspect.ts';
import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import type { FileType } from '#src/domain/attachments/types.ts';
import { commentsOf, coreProperties, docxOf, paragraph, pdfOf, xlsxOf } from '#tests/support/planted-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'clean-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function cleaned(bytes: Buffer, type: FileType, changes: ChangeChoice = 'accept') {
  const [path, target] = [join(folder, 'given'), join(folder, 'cleaned')];
  writeFileSync(path, bytes);
  await cleanFile(path, type, target, changes);
  const { findings, text } = await inspectFile(target, type);
  return { findings, text: text.replaceAll(/\s+/g, ''), bytes: readFileSync(target) };
}

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const row = (text: string, mark = '') =>
  `<w:tr>${mark === '' ? '' : `<w:trPr><w:${mark} w:author="甲"/></w:trPr>`}<w:tc><w:p>${run(text)}</w:p></w:tc></w:tr>`;
const CHANGED = docxOf(
  `<w:p><w:pPr><w:rPr><w:ins w:author="甲"/></w:rPr><w:pPrChange w:author="甲"><w:pPr/></w:pPrChange></w:pPr>${run('预算 A&amp;B &lt;100&gt; ')}<w:ins w:author="甲">${run('新价200')}</w:ins><w:del w:author="甲"><w:r><w:delText>旧价100</w:delText></w:r></w:del><w:moveFrom w:author="甲">${run('原处')}</w:moveFrom><w:moveTo w:author="甲">${run('新处')}</w:moveTo><w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p><w:tbl>${row('留')}${row('新行', 'ins')}${row('旧行', 'del')}</w:tbl>`,
  {
    'word/comments.xml': commentsOf('李四', '私下说'),
    'docProps/core.xml': coreProperties('张三'),
    'docProps/custom.xml': '<Properties xmlns="x"><property name="密码"><lpwstr>123</lpwstr></property></Properties>',
    'word/media/image1.png': new Uint8Array([1, 2, 3]),
  },
);

describe('a cleaned text document', () => {
  test.each([
    ['accept', '预算A&B<100>新价200新处留新行'],
    ['refuse', '预算A&B<100>旧价100原处留旧行'],
  ] as const)('with its changes: %s', async (changes, words) => {
    expect(await cleaned(CHANGED, 'docx', changes)).toMatchObject({ findings: [], text: words });
  });

  test('keeps what hides: that is for people to decide', async () => {
    const { findings } = await cleaned(docxOf(paragraph('藏', '<w:vanish/>')), 'docx');
    expect(findings).toMatchObject([{ kind: 'hiddenText' }]);
  });

  test('is the same whenever it is cleaned', async () => {
    const [first, second] = [await cleaned(CHANGED, 'docx'), await cleaned(CHANGED, 'docx')];
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });
});

test('a cleaned workbook has no comments and no properties', async () => {
  const bytes = xlsxOf(
    [{ name: '表', xml: '<sheetData><row><c><v>1</v></c></row></sheetData><legacyDrawing r:id="x"/>' }],
    {
      'xl/comments1.xml':
        '<comments><authors><author>甲</author></authors><commentList><comment ref="A1"><text><t>核对</t></text></comment></commentList></comments>',
      'docProps/core.xml': coreProperties('张三'),
    },
  );
  expect(await cleaned(bytes, 'xlsx')).toMatchObject({ findings: [], text: '表1' });
});

describe('a cleaned picture', () => {
  const gradient = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_value, index) => (index * 7) % 256));
  const photo = sharp(gradient, { raw: { width: 40, height: 30, channels: 3 } });
  const EXIF = { IFD0: { Artist: 'Zhang San' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 24/1 0/1' } };

  test('has the same pixels and tells nothing', async () => {
    const bytes = await photo.clone().jpeg().withExif(EXIF).toBuffer();
    const clean = await cleaned(Buffer.concat([bytes, Buffer.from('behind')]), 'jpg');
    expect(clean.findings.map(({ kind }) => kind)).toEqual(['scanned']);
    const [before, after] = await Promise.all([bytes, clean.bytes].map((file) => sharp(file).raw().toBuffer()));
    expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    const png = await photo.clone().png().withExif(EXIF).toBuffer();
    expect((await cleaned(png, 'png')).findings.map(({ kind }) => kind)).toEqual(['scanned']);
  });

  test('that only its metadata turn stands upright', async () => {
    const bytes = await photo.clone().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const clean = await cleaned(bytes, 'jpg');
    expect(await sharp(clean.bytes).metadata()).toMatchObject({ width: 30, height: 40 });
    expect(clean.findings.map(({ kind }) => kind)).toEqual(['scanned']);
  });
});

test('what cannot be cleaned is refused', async () => {
  await expect(cleaned(pdfOf(['']), 'pdf')).rejects.toMatchObject({ name: 'UnfitFileError' });
});
