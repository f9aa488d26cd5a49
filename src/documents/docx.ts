import type * as Docx from 'docx';
import { type Block, type Cell, type PrintedDocument, piecesOf, type Table, type Text } from './model.ts';
import { toSameBytes } from './same-bytes.ts';

type Library = typeof Docx;

/** Type sizes in half points. */
const SIZE = { title: 44, body: 32, part: 32, table: 21, dense: 15, note: 18 };
/** Margins after GB/T 9704, in twips. */
const MARGINS = { top: 2098, bottom: 1984, left: 1588, right: 1474 };
const TEXT_WIDTH = 11906 - MARGINS.left - MARGINS.right;
const FONTS = { body: '仿宋_GB2312', title: '方正小标宋简体', part: '黑体' };

/** The document for word processors (DOCX), with the faces that official documents have by name, styles for headings, and heading rows. The same document gives the same bytes. */
export async function renderDocx(document: PrintedDocument): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await import('docx');
  const file = new docx.Document({
    title: document.title,
    creator: document.issuer,
    styles: toStyles(docx),
    numbering: {
      config: [
        {
          reference: 'ordered',
          levels: [{ level: 0, format: docx.LevelFormat.DECIMAL, text: '%1.', alignment: docx.AlignmentType.LEFT }],
        },
      ],
    },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin: MARGINS } },
        children: toChildren(docx, document),
      },
    ],
  });
  return toSameBytes(await docx.Packer.toBuffer(file));
}

/** Without `eastAsia` Word takes Latin faces for quotation marks and figures. */
const face = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, hint: 'eastAsia' as const });

function toStyles(docx: Library): Docx.IStylesOptions {
  const part = { run: { font: face(FONTS.part), size: SIZE.part, bold: false, color: '000000' } };
  return {
    default: {
      document: { run: { font: face(FONTS.body), size: SIZE.body, language: { value: 'zh-CN', eastAsia: 'zh-CN' } } },
      title: {
        run: { font: face(FONTS.title), size: SIZE.title },
        paragraph: { alignment: docx.AlignmentType.CENTER, spacing: { after: 400 } },
      },
      heading1: part,
      heading2: part,
      heading3: part,
    },
  };
}

function toChildren(docx: Library, document: PrintedDocument): (Docx.Paragraph | Docx.Table)[] {
  const { title, number, addressee, blocks, signature, notes = [] } = document;
  const { Paragraph, HeadingLevel, AlignmentType } = docx;
  const line = (text: string, options: Docx.IParagraphOptions = {}) =>
    new Paragraph({ ...options, children: toRuns(docx, text) });
  return [
    new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
    ...(number === undefined ? [] : [line(number, { alignment: AlignmentType.CENTER })]),
    ...(addressee === undefined ? [] : [line(addressee)]),
    ...blocks.flatMap((block) => toBlock(docx, block)),
    ...(signature
      ? [signature.name, ...(signature.sealPlace ? ['（印章）'] : []), signature.date].map((words) =>
          line(words, { alignment: AlignmentType.RIGHT, indent: { right: 1280 } }),
        )
      : []),
    ...notes.map((note) => new Paragraph({ children: toRuns(docx, note, { size: SIZE.note }) })),
  ];
}

function toBlock(docx: Library, block: Block): (Docx.Paragraph | Docx.Table)[] {
  const { Paragraph, HeadingLevel } = docx;
  switch (block.kind) {
    case 'heading': {
      const levels = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 };
      return [new Paragraph({ text: block.text, heading: levels[block.level] })];
    }
    case 'paragraph':
      return [new Paragraph({ children: toRuns(docx, block.text), indent: { firstLineChars: 200 } })];
    case 'list': {
      const mark = block.ordered ? { numbering: { reference: 'ordered', level: 0 } } : { bullet: { level: 0 } };
      return block.items.map((item) => new Paragraph({ ...mark, children: toRuns(docx, item) }));
    }
    case 'table':
      return toTable(docx, block);
  }
}

function toRuns(docx: Library, text: Text, look: Docx.IRunOptions = {}): Docx.ParagraphChild[] {
  return piecesOf(text).map(({ text: words, href, strong }) => {
    const run = new docx.TextRun({ ...look, text: words, bold: look.bold || strong });
    return href === undefined ? run : new docx.ExternalHyperlink({ link: href, children: [run] });
  });
}

function toTable(docx: Library, table: Table): (Docx.Paragraph | Docx.Table)[] {
  const { Paragraph, TableRow, AlignmentType } = docx;
  const sum = table.widths.reduce((total, width) => total + width, 0);
  const row = (cells: readonly Cell[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map((cell) => toCell(docx, cell, isHead, table.dense ? SIZE.dense : SIZE.table)),
    });
  const caption = table.unit === undefined ? table.caption : `${table.caption}（${table.unit}）`;
  return [
    new Paragraph({
      children: toRuns(docx, caption, { bold: true, size: 24 }),
      alignment: AlignmentType.CENTER,
      keepNext: true,
    }),
    new docx.Table({
      columnWidths: table.widths.map((width) => Math.floor((width / sum) * TEXT_WIDTH)),
      width: { size: TEXT_WIDTH, type: docx.WidthType.DXA },
      rows: [...table.head.map((cells) => row(cells, true)), ...table.body.map((cells) => row(cells, false))],
    }),
    new Paragraph({ children: [] }),
  ];
}

function toCell(docx: Library, cell: Cell, isHead: boolean, size: number): Docx.TableCell {
  const isHeader = isHead || cell.header === true;
  return new docx.TableCell({
    columnSpan: cell.columns ?? 1,
    rowSpan: cell.rows ?? 1,
    verticalAlign: docx.VerticalAlignTable.CENTER,
    ...(isHeader ? { shading: { fill: 'F0F0F0' } } : {}),
    children: [
      new docx.Paragraph({
        alignment: docx.AlignmentType[cell.align === 'left' ? 'LEFT' : cell.align === 'right' ? 'RIGHT' : 'CENTER'],
        children: toRuns(docx, cell.text, { size, bold: isHead }),
      }),
    ],
  });
}
