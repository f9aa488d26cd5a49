import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { inspectFile } from '#src/attachments/inspect/inspect.ts';
import { sniffFile } from '#src/attachments/sniff.ts';
import {
  commentsOf,
  coreProperties,
  docxOf,
  paragraph,
  pdfOf,
  pptxOf,
  relations,
  xlsxOf,
  zipOf,
} from '#tests/support/planted-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
async function inspect(name: string, bytes: Buffer) {
  const path = join(folder, String(count++));
  writeFileSync(path, bytes);
  const type = await sniffFile(path, name);
  return { type, ...(await inspectFile(path, type)) };
}
const kindsOf = async (name: string, bytes: Buffer) =>
  [...new Set((await inspect(name, bytes)).findings.map(({ kind }) => kind))].sort();
const drawing = (author: string) =>
  `<w:ins w:author="${author}"><w:r><w:t>新增一句</w:t></w:r></w:ins><w:del w:author="${author}"><w:r><w:delText>标底 1234567 元</w:delText></w:r></w:del>`;

describe('a text document', () => {
  test('that hides nothing has no findings, and its words are read', async () => {
    const { type, findings, text } = await inspect('公告.docx', docxOf(paragraph('招标公告正文')));
    expect([type, findings, text.trim()]).toEqual(['docx', [], '招标公告正文']);
  });

  test('tells everything that is planted in it', async () => {
    const body = [
      `<w:p>${drawing('王科长')}</w:p>`,
      paragraph('隐藏的话', '<w:vanish/>'),
      paragraph('白字', '<w:color w:val="FFFFFF"/>'),
      paragraph('白字在黑底上', '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'),
      paragraph('小字', '<w:sz w:val="2"/>'),
    ].join('');
    const { findings, text } = await inspect(
      '公告.docx',
      docxOf(body, {
        'word/comments.xml': commentsOf('李四', '这里要改，联系 13800138000'),
        'docProps/core.xml': coreProperties('张三'),
        'word/embeddings/oleObject1.bin': 'x',
        'word/_rels/document.xml.rels': relations([
          ['r1', 'image', 'http://tracker.example/a.png', 'External'],
          ['r2', 'hyperlink', 'https://www.example.gov.cn/', 'External'],
          ['r3', 'hyperlink', 'file:///D:/标底.docx', 'External'],
        ]),
        'customXml/item1.xml': '<a>内部编号 9</a>',
        'customXml/item2.xml': '<b:Sources xmlns:b="x"/>',
      }),
    );
    expect(findings.map(({ kind, detail }) => [kind, detail])).toEqual(
      expect.arrayContaining([
        ['trackedChange', '插入 王科长：新增一句'],
        ['trackedChange', '删除 王科长：标底 1234567 元'],
        ['hiddenText', '隐藏的话'],
        ['whiteText', '白字'],
        ['tinyText', '小字'],
        ['comment', '李四：这里要改，联系 13800138000'],
        ['property', '张三'],
        ['embedding', 'word/embeddings/oleObject1.bin'],
        ['external', 'http://tracker.example/a.png'],
        ['external', 'file:///D:/标底.docx'],
        ['customData', '内部编号 9'],
      ]),
    );
    expect(findings).toHaveLength(11);
    for (const words of ['标底 1234567 元', '隐藏的话', '13800138000', '张三']) expect(text).toContain(words);
  });

  test('with macros is refused, by its parts, its types and its name', async () => {
    await expect(inspect('a.docx', docxOf('', { 'word/vbaProject.bin': 'x' }))).resolves.toMatchObject({
      findings: [{ kind: 'macro' }],
    });
    const types = (type: string) => ({
      '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    });
    const docm = docxOf('', types('application/vnd.ms-word.document.macroEnabled.main+xml'));
    await expect(inspect('a.docx', docm)).rejects.toMatchObject({ kind: 'macro' });
  });
});

describe('a workbook', () => {
  test('tells hidden sheets, rows, columns, names that lead to them, comments and links', async () => {
    const rows =
      '<cols><col min="3" max="4" hidden="1"/></cols><sheetData><row r="1"><c t="inlineStr"><is><t>报价</t></is></c></row><row r="2" hidden="1"><c><v>1234567</v></c></row><row r="3" hidden="true"/><row r="4"/><row r="6" hidden="1"/></sheetData>';
    const { findings, text } = await inspect(
      '报价.xlsx',
      xlsxOf(
        [
          { name: '汇总', xml: rows },
          { name: '底价', state: 'veryHidden', xml: '<sheetData/>' },
          { name: '名单', state: 'hidden', xml: '<sheetData/>' },
        ],
        {
          'xl/comments1.xml':
            '<comments><commentList><comment ref="A1"><text><r><t>核对</t></r></text></comment></commentList></comments>',
          'xl/externalLinks/externalLink1.xml': '<externalLink/>',
          'xl/sharedStrings.xml': '<sst><si><t>评审专家：王五</t></si></sst>',
        },
        '<definedName name="DIJIA">底价!$A$1</definedName>',
      ),
    );
    expect(findings.map(({ kind, place, detail }) => [kind, place, detail])).toEqual(
      expect.arrayContaining([
        ['hiddenSheet', '底价', '深度隐藏'],
        ['hiddenSheet', '名单', ''],
        ['hiddenName', 'DIJIA', '底价!$A$1'],
        ['hiddenColumn', '汇总', '第 3–4 列'],
        ['hiddenRow', '汇总', '第 2–3 行'],
        ['hiddenRow', '汇总', '第 6 行'],
        ['comment', '', '核对'],
        ['external', '', 'xl/externalLinks/externalLink1.xml'],
      ]),
    );
    expect(findings).toHaveLength(8);
    expect(text).toContain('1234567');
    expect(text).toContain('评审专家：王五');
  });
});

describe('a presentation', () => {
  test('tells hidden slides and notes', async () => {
    const slide = (text: string, show = '') =>
      `<p:sld xmlns:p="p" xmlns:a="a"${show}><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`;
    const parts = {
      'ppt/slides/slide1.xml': slide('公开'),
      'ppt/slides/slide2.xml': slide('不公开', ' show="0"'),
      'ppt/notesSlides/notesSlide1.xml': slide('讲到这里停一下'),
    };
    const { findings } = await inspect('汇报.pptx', pptxOf(parts));
    expect(findings).toEqual([
      { kind: 'hiddenSlide', place: 'slide2', detail: '' },
      { kind: 'speakerNotes', place: 'notesSlide1', detail: '讲到这里停一下' },
    ]);
  });
});

describe('a PDF', () => {
  const line = (text: string, set = '', at = '1 0 0 1 72 700') => `BT /F1 12 Tf ${set} ${at} Tm (${text}) Tj ET\n`;

  test('that shows what it says has no findings', async () => {
    const dark = 'q 0 0 0 rg 50 680 400 60 re f Q 1 1 1 rg ';
    const { findings, text } = await inspect(
      'a.pdf',
      pdfOf([line('Notice 2026', '', '1 0 0 1 72 400') + dark + line('White on black')]),
    );
    expect(findings).toEqual([]);
    expect(text).toContain('Notice 2026');
  });

  test.each([
    ['coveredText', `${line('SECRET')}0 0 0 rg 60 690 200 30 re f`],
    ['coveredText', `${line('SECRET')}q 300 0 0 60 60 690 cm /Im1 Do Q`],
    ['whiteText', `1 1 1 rg ${line('SECRET')}`],
    ['tinyText', 'BT /F1 0.5 Tf 1 0 0 1 72 700 Tm (SECRET) Tj ET'],
    ['tinyText', `q 0.05 0 0 0.05 0 0 cm ${line('SECRET')} Q`],
    ['invisibleText', line('SECRET', '3 Tr')],
    ['offPageText', line('SECRET', '', '1 0 0 1 700 900')],
    ['offPageText', line('SECRET', '', '1 0 0 1 72 -40')],
  ] as const)('tells %s, and reads it', async (kind, content) => {
    const { findings, text } = await inspect('a.pdf', pdfOf([`${content}\n`]));
    expect(findings).toEqual([{ kind, place: '第 1 页', detail: 'SECRET' }]);
    expect(text).toContain('SECRET');
  });

  test('tells pages without text, properties, files within, and earlier versions', async () => {
    const scan = 'q 595 0 0 842 0 0 cm /Im1 Do Q';
    const whole = pdfOf([line('Cover of the whole file'), scan], { info: '/Author (Zhang San)' });
    const later = Buffer.concat([whole, Buffer.from('\n%%EOF\n')]);
    const { findings } = await inspect('a.pdf', later);
    expect(findings.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['earlierVersion', '2 个版本'],
      ['property', 'Zhang San'],
      ['scanned', '第 2 页，共 1 页'],
    ]);
  });

  test('with a script is refused', async () => {
    const script = '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>';
    expect(await kindsOf('a.pdf', pdfOf([line('x')], { catalogue: script }))).toContain('script');
  });
});

describe('a picture', () => {
  const photo = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#c33' } }).jpeg();

  test('tells who took it and where', async () => {
    const bytes = await photo()
      .withExif({
        IFD0: { Artist: 'Zhang San', Model: 'Cam 1' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 24/1 0/1' },
      })
      .toBuffer();
    const { findings } = await inspect('现场.jpg', bytes);
    expect(findings).toEqual(
      expect.arrayContaining([
        { kind: 'exif', place: '作者', detail: 'Zhang San' },
        { kind: 'exif', place: '相机型号', detail: 'Cam 1' },
        { kind: 'gps', place: '', detail: '带有经纬度' },
        { kind: 'scanned', place: '', detail: '图片中的文字无法自动审查' },
      ]),
    );
  });

  test('tells what stands behind its end, and is refused when it is cut off', async () => {
    const bytes = await photo().toBuffer();
    expect(await kindsOf('a.jpg', Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>')]))).toEqual([
      'scanned',
      'trailing',
    ]);
    expect(await kindsOf('a.jpg', bytes.subarray(0, bytes.length / 2))).toContain('damaged');
    const png = await sharp(bytes).png().toBuffer();
    expect(await kindsOf('a.png', Buffer.concat([png, Buffer.from('x')]))).toEqual(['scanned', 'trailing']);
  });
});

describe('other files', () => {
  test('a file of fixed layout', async () => {
    const ofd = zipOf({
      'OFD.xml':
        '<ofd:OFD xmlns:ofd="x"><ofd:DocBody><ofd:DocInfo><ofd:Author>张三</ofd:Author></ofd:DocInfo></ofd:DocBody></ofd:OFD>',
      'Doc_0/Pages/Page_0/Content.xml':
        '<ofd:Page xmlns:ofd="x"><ofd:Layer><ofd:TextObject><ofd:TextCode>公告正文</ofd:TextCode></ofd:TextObject><ofd:TextObject Visible="false"><ofd:TextCode>看不见</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Page>',
    });
    const { type, findings, text } = await inspect('公告.ofd', ofd);
    expect([type, findings.map(({ kind, detail }) => [kind, detail])]).toEqual([
      'ofd',
      [
        ['property', '张三'],
        ['invisibleText', '看不见'],
      ],
    ]);
    expect(text).toContain('公告正文');
  });

  test('text in the encodings of this country', async () => {
    const gbk = Buffer.from([0xb9, 0xab, 0xb8, 0xe6, 0x0d, 0x0a]);
    expect(await inspect('a.txt', gbk)).toMatchObject({ type: 'txt', text: '公告\r\n', findings: [] });
    expect(await inspect('a.csv', Buffer.from('\ufeff名称,金额\n甲,1\n'))).toMatchObject({ type: 'txt', findings: [] });
  });

  test('an archive has to be looked at', async () => {
    expect(await inspect('图纸.zip', zipOf({ '图纸/1.dwg': 'x' }))).toMatchObject({
      type: 'zip',
      findings: [{ kind: 'unreadable' }],
    });
  });
});
