import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { renderDocx } from '#src/documents/docx.ts';
import { toHtml } from '#src/documents/html.ts';
import {
  type Cell,
  heading,
  list,
  type PrintedDocument,
  paragraph,
  UnprintableError,
  wordsOf,
} from '#src/documents/model.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { readDocx, readHtml, readPdf } from '#tests/support/read-documents.ts';

const HOSTILE = '#read("/etc/passwd") *粗* _斜_ $x$ <script>alert(1)</script> & "引号" \\ @x [y] `z` // 注 = 标题';

const SAMPLE: PrintedDocument = {
  title: '政府信息公开申请答复书',
  issuer: '通明市公共资源交易服务中心',
  number: '通公资公开〔2026〕7号',
  addressee: '张三：',
  blocks: [
    heading('一、总体情况'),
    paragraph([
      { text: '共收到申请' },
      { text: '7件', strong: true },
      { text: '，详见' },
      { text: '目录', href: 'https://example.org/a?b=1&c=2' },
    ]),
    heading('（一）概述', 2),
    heading('1.方法', 3),
    paragraph(HOSTILE),
    list(['第一项', '第二项：12.5万元']),
    {
      kind: 'table',
      caption: '收到和处理申请情况',
      unit: '单位：件',
      widths: [3, 3, 1, 1, 1],
      head: [
        [
          { text: '本列数据', columns: 2, rows: 2 },
          { text: '申请人情况', columns: 3 },
        ],
        [{ text: '自然人' }, { text: '企业' }, { text: '总计' }],
      ],
      body: [
        [{ text: '办理结果', header: true, rows: 2 }, { text: '予以公开', header: true }, ...figures(3, 4, 7)],
        [{ text: '部分公开', header: true }, ...figures(0, 0, 0)],
      ],
    },
  ],
  signature: { name: '通明市公共资源交易服务中心', date: '2026年11月30日', sealPlace: true },
  notes: ['本文由系统生成。'],
};

function figures(...values: number[]): Cell[] {
  return values.map((value) => ({ text: String(value) }));
}

/** Every word of a document in its order, without blanks: what each of the renderings has to hold. */
function wordsIn({ title, number, addressee, blocks, signature, notes = [] }: PrintedDocument): string {
  const said = blocks.flatMap((block) => {
    if (block.kind === 'heading') return [block.text];
    if (block.kind === 'paragraph') return [wordsOf(block.text)];
    if (block.kind === 'list') return block.items.map(wordsOf);
    return [block.caption, block.unit ?? '', ...[...block.head, ...block.body].flat().map(({ text }) => wordsOf(text))];
  });
  const signed = signature ? [signature.name, signature.sealPlace ? '（印章）' : '', signature.date] : [];
  const all = [title, number ?? '', addressee ?? '', ...said, ...signed, ...notes].join('');
  return all.normalize('NFKC').replace(/\s+/g, '');
}

/** Brackets and marks that a form sets around a unit or before an item are no words of the document. */
const bare = (words: string) => words.replace(/[()•·]/g, '');

describe('a printed document', () => {
  test('says the same words in the same order as HTML, PDF and DOCX', async () => {
    const words = bare(wordsIn(SAMPLE));
    expect(bare(readHtml(toHtml(SAMPLE)))).toBe(words);
    expect(bare(readDocx(await renderDocx(SAMPLE)))).toBe(words);
    expect(bare((await readPdf(await renderPdf(SAMPLE))).words)).toBe(words);
  });

  test('is a DOCX of the same bytes at any time, whose links lead where they did', async () => {
    const [first, later] = await Promise.all([renderDocx(SAMPLE), renderDocx({ ...SAMPLE })]);
    expect(Buffer.compare(first, later)).toBe(0);
    const parts = unzipSync(first);
    const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
    const [, id = ''] = /<w:hyperlink[^>]* r:id="([^"]+)"/.exec(part('word/document.xml')) ?? [];
    expect(part('word/_rels/document.xml.rels')).toMatch(
      new RegExp(`Id="${id}"[^>]*Target="https://example.org/a\\?b=1&amp;c=2"`),
    );
    expect(part('docProps/core.xml')).not.toMatch(/\d{2}:\d{2}:\d{2}/);
  });

  test('is a tagged PDF with title and language, the same bytes twice', async () => {
    const [once, twice] = await Promise.all([renderPdf(SAMPLE), renderPdf(structuredClone(SAMPLE))]);
    expect(Buffer.from(once).equals(Buffer.from(twice))).toBe(true);
    const pdf = await readPdf(once);
    expect(pdf).toMatchObject({ title: SAMPLE.title, language: 'zh-CN', isTagged: true });
    expect([...pdf.roles]).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'L', 'Table', 'TH', 'TD', 'Link']));
  });

  test('is refused as PDF with a character that would print as a box', async () => {
    const rare: PrintedDocument = { ...SAMPLE, addressee: '\u{20bb7}三：' };
    await expect(renderPdf(rare)).rejects.toThrow(UnprintableError);
    await expect(renderPdf(rare)).rejects.toThrow('\u{20bb7}');
    // The thread goes on with the next one.
    expect((await renderPdf(SAMPLE)).length).toBeGreaterThan(1000);
  });

  test('keeps whatever its texts say as text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...HOSTILE.split(' '), '</p>', '#', '{{', '年', '12', '"', "'", '\\u', '\n'), {
          maxLength: 12,
        }),
        async (words) => {
          const text = words.join(' ');
          const document: PrintedDocument = {
            title: `标题${text}`,
            issuer: text,
            blocks: [paragraph(text), list([text, '末'])],
          };
          const expected = bare(wordsIn(document));
          expect(bare(readHtml(toHtml(document)))).toBe(expected);
          expect(bare(readDocx(await renderDocx(document)))).toBe(expected);
          expect(bare((await readPdf(await renderPdf(document))).words)).toBe(expected);
        },
      ),
      { numRuns: 15 },
    );
  });
});
