import { type DefaultTreeAdapterTypes, defaultTreeAdapter } from 'parse5';
import { isUncounted, isZeroWidth } from '#src/domain/facts/fact-evidence.ts';
import { parseFragment } from '#src/formats/html.ts';
import { BLOCKS } from '../sanitize/schema.ts';
import { type Cell, toGrid } from './grid.ts';

/** A line of text. `at` counts the characters before it as spans do. */
export interface Line {
  text: string;
  at: number;
}

/** A table as rows of cells: a merged cell stands in every place that it covers. */
export interface Table {
  rows: Cell[][];
}

export type Block = ({ kind: 'line' } & Line) | ({ kind: 'table' } & Table);

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** A cell with more text than this is a frame around paragraphs: they are lines of their own. */
const FRAME_LENGTH = 400;

/** The lines and tables of a sanitized body, in reading order. */
export function readHtml(html: string): Block[] {
  const reader = new Reader();
  reader.readAll(parseFragment(html).childNodes);
  reader.endLine();
  return reader.blocks;
}

/** Collects the text of one line. */
class LineBuffer {
  at: number;
  start: number;
  #parts: string[] = [];
  #blank = false;

  constructor(at: number) {
    this.at = at;
    this.start = at;
  }

  add(source: string): void {
    let from = 0;
    for (let index = 0; index <= source.length; index += 1) {
      const code = index < source.length ? source.charCodeAt(index) : undefined;
      if (code !== undefined && !isUncounted(code)) continue;
      if (index > from) this.#push(source.slice(from, index));
      if (code !== undefined && !isZeroWidth(code)) this.#blank = true;
      from = index + 1;
    }
  }

  #push(word: string): void {
    if (this.#parts.length === 0) this.start = this.at;
    else if (this.#blank) this.#parts.push(' ');
    this.#blank = false;
    this.#parts.push(word);
    this.at += word.length;
  }

  text(): string {
    return this.#parts.join('');
  }
}

/** Walks the tree and cuts it into lines and tables. */
class Reader {
  readonly blocks: Block[] = [];
  #buffer = new LineBuffer(0);

  readAll(nodes: readonly Node[]): void {
    for (const node of nodes) this.#read(node);
  }

  #read(node: Node): void {
    if (defaultTreeAdapter.isTextNode(node)) this.#buffer.add(node.value);
    if (!defaultTreeAdapter.isElementNode(node)) return;
    if (node.tagName === 'br') this.endLine();
    else if (node.tagName === 'table') this.#readTable(node);
    else if (BLOCKS.has(node.tagName)) {
      this.endLine();
      this.readAll(node.childNodes);
      this.endLine();
    } else this.readAll(node.childNodes);
  }

  endLine(): void {
    const text = this.#buffer.text();
    if (text !== '') this.blocks.push({ kind: 'line', text, at: this.#buffer.start });
    this.#buffer = new LineBuffer(this.#buffer.at);
  }

  #readTable(table: Element): void {
    this.endLine();
    for (const child of table.childNodes) if (child.nodeName === 'caption') this.readAll([child]);
    const rows = listRows(table);
    const grid = toGrid(
      rows.map((row) => row.cells),
      (cell) => this.#readCell(cell),
    );
    let plain: Cell[][] = [];
    const endTable = () => {
      if (plain.length > 0) this.blocks.push({ kind: 'table', rows: plain });
      plain = [];
    };
    for (const row of grid) {
      plain.push(row);
      const frames = [...new Set(row)].flatMap((cell) => cell.blocks ?? []);
      if (frames.length === 0) continue;
      endTable();
      for (const block of frames) this.blocks.push(block);
    }
    endTable();
  }

  /** The text of a cell; the blocks in it too when it is a frame. Cells are read in order, so that places count on. */
  #readCell(element: Element): Cell {
    const inner = new Reader();
    inner.#buffer = new LineBuffer(this.#buffer.at);
    inner.readAll(element.childNodes);
    inner.endLine();
    const start = this.#buffer.at;
    this.#buffer = new LineBuffer(inner.#buffer.at);
    const lines = inner.blocks.flatMap((block) => (block.kind === 'line' ? [{ text: block.text, at: block.at }] : []));
    const length = lines.reduce((sum, { text }) => sum + text.length, 0);
    const isFrame = lines.length < inner.blocks.length || (lines.length > 1 && length > FRAME_LENGTH);
    const text = isFrame ? '' : lines.map((line) => line.text).join('\n');
    return { text, lines, at: lines[0]?.at ?? start, ...(isFrame ? { blocks: inner.blocks } : {}) };
  }
}

/** Rows of a table, not those of tables inside it. */
function listRows(table: Element): { cells: Element[] }[] {
  const rows: { cells: Element[] }[] = [];
  const visit = (parent: Element) => {
    for (const child of parent.childNodes) {
      if (!defaultTreeAdapter.isElementNode(child)) continue;
      if (child.tagName === 'tr') {
        const cells = child.childNodes.filter(
          (node): node is Element =>
            defaultTreeAdapter.isElementNode(node) && (node.tagName === 'td' || node.tagName === 'th'),
        );
        rows.push({ cells });
      } else if (/^(?:tbody|thead|tfoot)$/.test(child.tagName)) visit(child);
    }
  };
  visit(table);
  return rows;
}
