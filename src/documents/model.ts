/**
 * A printed document (文书) as data: what a letter, a bulletin or a report says, apart from how it is set. `toHtml`, `renderPdf` and
 * `renderDocx` set the same words and figures from it. Texts are plain text in every part: nothing in them is markup.
 */
export interface PrintedDocument {
  /** Stands above all, and is the title in the properties of the PDF. */
  title: string;
  /** Who issues it: `济宁市公共资源交易服务中心`. */
  issuer: string;
  /** 发文字号, as printed: `济公资公开〔2026〕7号`. */
  number?: string;
  /** 主送, as printed, with its colon: `张三：`. */
  addressee?: string;
  blocks: readonly Block[];
  /** Who signs, and the date as printed; at the end, on the right. */
  signature?: Signature;
  /** Small print below everything: how it was made, where to check it. */
  notes?: readonly string[];
}

export interface Signature {
  name: string;
  /** `2026年11月30日`. */
  date: string;
  /** Room for the stamp: the words `（印章）` stand where it goes. */
  sealPlace: boolean;
}

export type Block = Heading | Paragraph | List | Table;

export interface Heading {
  kind: 'heading';
  /** 1 is a part of the document, below its title. Levels are not skipped. */
  level: 1 | 2 | 3;
  text: string;
}

export interface Paragraph {
  kind: 'paragraph';
  text: Text;
}

export interface List {
  kind: 'list';
  ordered: boolean;
  items: readonly Text[];
}

/** What stands in a line: plain text, or pieces of it, some of them links or strong. */
export type Text = string | readonly Piece[];

export interface Piece {
  text: string;
  /** Absolute address: paper and files have no page to be relative to. */
  href?: string;
  strong?: true;
}

export interface Table {
  kind: 'table';
  caption: string;
  /** Unit of the figures, as printed: `单位：件`. */
  unit?: string;
  /** Relative widths of the columns: one number for each. */
  widths: readonly number[];
  /** Rows of headers; cells that earlier ones cover are left out, as in HTML. */
  head: readonly (readonly Cell[])[];
  body: readonly (readonly Cell[])[];
  /** Smaller print, for tables of many columns. */
  dense?: true;
}

export interface Cell {
  text: Text;
  /** Whether it heads its row; cells of `head` all are headers. */
  header?: true;
  columns?: number;
  rows?: number;
  /** Figures stand in the middle, as the forms have them; texts at the left. */
  align?: 'left' | 'center' | 'right';
}

/** A heading of a level, 1 where none is said. */
export const heading = (text: string, level: Heading['level'] = 1): Heading => ({ kind: 'heading', level, text });
export const paragraph = (text: Text): Paragraph => ({ kind: 'paragraph', text });
export const list = (items: readonly Text[], ordered = false): List => ({ kind: 'list', ordered, items });

/** The words of a text, without its links. */
export const wordsOf = (text: Text): string =>
  typeof text === 'string' ? text : text.map((piece) => piece.text).join('');

/** A text as its pieces. */
export const piecesOf = (text: Text): readonly Piece[] => (typeof text === 'string' ? [{ text }] : text);

/** What a renderer cannot set: a character that no font of ours has, a table whose cells do not fit. */
export class UnprintableError extends Error {
  override name = 'UnprintableError';
}
